package query

// Spell returns the tree with every Expansion as the Or that it means, so that
// printing it shows what is searched for.
func Spell(node Node) Node {
	switch n := node.(type) {
	case And:
		return And{spellAll(n.Nodes)}
	case Or:
		return Or{spellAll(n.Nodes)}
	case Not:
		return Not{Spell(n.Node)}
	case AsOf:
		return within(n, Spell)
	case Expansion:
		return Or{append([]Node{Spell(n.Node)}, spellAll(n.Forms)...)}
	}
	return node
}

func spellAll(nodes []Node) []Node {
	spelled := make([]Node, len(nodes))
	for i, n := range nodes {
		spelled[i] = Spell(n)
	}
	return spelled
}
