import edu.stanford.nlp.ie.crf.CRFClassifier;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.util.Triple;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tags the files of a folder, one text each, with Stanford CoreNLP's three-class model. Writes NAME.ents beside each:
 * lines of start, end (in UTF-16 units) and kind. Words a second of processor time go to standard error.
 */
public class CoreNames {
    public static void main(String[] args) throws Exception {
        CRFClassifier<CoreLabel> tagger =
            CRFClassifier.getClassifier("edu/stanford/nlp/models/ner/english.all.3class.distsim.crf.ser.gz");
        Map<String, String> kinds = Map.of("PERSON", "PER", "ORGANIZATION", "ORG", "LOCATION", "LOC");
        List<Path> paths = new ArrayList<>();
        try (var files = Files.newDirectoryStream(Path.of(args[0]), "*.txt")) {
            files.forEach(paths::add);
        }
        List<String> texts = new ArrayList<>();
        long words = 0;
        for (Path p : paths) {
            String text = Files.readString(p, StandardCharsets.UTF_8);
            texts.add(text);
            words += text.trim().split("\\s+").length;
        }
        for (String text : texts) {
            tagger.classifyToCharacterOffsets(text); // lets the compiler warm up
        }
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long start = system.getProcessCpuTime();
        List<List<Triple<String, Integer, Integer>>> found = new ArrayList<>();
        for (String text : texts) {
            found.add(tagger.classifyToCharacterOffsets(text));
        }
        System.err.println(Math.round(words / ((system.getProcessCpuTime() - start) / 1e9)));
        for (int i = 0; i < paths.size(); i++) {
            StringBuilder out = new StringBuilder();
            for (Triple<String, Integer, Integer> t : found.get(i)) {
                out.append(t.second()).append(' ').append(t.third()).append(' ').append(kinds.get(t.first())).append('\n');
            }
            Files.writeString(Path.of(paths.get(i).toString().replace(".txt", ".ents")), out);
        }
    }
}
