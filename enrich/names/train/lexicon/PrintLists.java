import edu.emory.mathcs.nlp.common.collection.tree.PrefixNode;
import edu.emory.mathcs.nlp.common.collection.tree.PrefixTree;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.ObjectInputStream;
import java.io.PrintStream;
import java.util.Map;

/** Prints the phrases of an NLP4J gazetteer, a line each: phrase, tab, numbers of its lists. */
public class PrintLists {
    public static void main(String[] args) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new BufferedInputStream(new FileInputStream(args[0])))) {
            print(new PrintStream(System.out, false, "UTF-8"), ((PrefixTree<?, ?>) in.readObject()).getRoot(), "");
        }
    }

    private static void print(PrintStream out, PrefixNode<?, ?> node, String phrase) {
        if (node.getValue() != null) {
            out.println(phrase + "\t" + node.getValue());
        }
        for (Map.Entry<?, ?> next : ((Map<?, ?>) node).entrySet()) {
            print(out, (PrefixNode<?, ?>) next.getValue(), phrase.isEmpty() ? "" + next.getKey() : phrase + " " + next.getKey());
        }
        out.flush();
    }
}
