import edu.emory.mathcs.nlp.common.collection.tree.PrefixNode;
import edu.emory.mathcs.nlp.common.collection.tree.PrefixTree;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.ObjectInputStream;
import java.io.PrintStream;
import java.util.Map;

/** Prints a lexicon of NLP4J, a line an entry: word or phrase, tab, the numbers of its lists or the beginnings of its path. */
public class PrintLexica {
    public static void main(String[] args) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new BufferedInputStream(new FileInputStream(args[0])));
                PrintStream out = new PrintStream(System.out, false, "UTF-8")) {
            Object lexicon = in.readObject();
            if (lexicon instanceof PrefixTree) {
                printTree(out, ((PrefixTree<?, ?>) lexicon).getRoot(), "");
                return;
            }
            for (Map.Entry<?, ?> e : ((Map<?, ?>) lexicon).entrySet()) {
                out.println(e.getKey() + "\t" + e.getValue());
            }
        }
    }

    private static void printTree(PrintStream out, PrefixNode<?, ?> node, String phrase) {
        if (node.getValue() != null) {
            out.println(phrase + "\t" + node.getValue());
        }
        for (Map.Entry<?, ?> next : ((Map<?, ?>) node).entrySet()) {
            printTree(out, (PrefixNode<?, ?>) next.getValue(), phrase.isEmpty() ? "" + next.getKey() : phrase + " " + next.getKey());
        }
    }
}
