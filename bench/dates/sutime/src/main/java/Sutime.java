import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.AnnotationPipeline;
import edu.stanford.nlp.pipeline.POSTaggerAnnotator;
import edu.stanford.nlp.pipeline.TokenizerAnnotator;
import edu.stanford.nlp.pipeline.WordsToSentencesAnnotator;
import edu.stanford.nlp.time.TimeAnnotations;
import edu.stanford.nlp.time.TimeAnnotator;
import edu.stanford.nlp.time.Timex;
import edu.stanford.nlp.util.CoreMap;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Reads "id TAB reference time TAB text" lines, the text with backslash escapes,
 * and writes SUTime's predictions as the corpus scorer reads them. The processor time spent
 * in the pipeline, without loading, goes to standard error.
 */
public final class Sutime {
    public static void main(String[] args) throws Exception {
        AnnotationPipeline pipeline = new AnnotationPipeline();
        pipeline.addAnnotator(new TokenizerAnnotator(false));
        pipeline.addAnnotator(new WordsToSentencesAnnotator(false));
        pipeline.addAnnotator(new POSTaggerAnnotator(false));
        pipeline.addAnnotator(new TimeAnnotator("sutime", new Properties()));
        annotate(pipeline, "It opened on Monday.", "2014-12-08");

        OperatingSystemMXBean os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long nanos = 0;
        long bytes = 0;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = in.readLine()) != null; ) {
            String[] parts = line.split("\t", 3);
            String text = unescape(parts[2]);
            bytes += text.getBytes(StandardCharsets.UTF_8).length;
            long start = os.getProcessCpuTime();
            Annotation found = annotate(pipeline, text, parts[1]);
            nanos += os.getProcessCpuTime() - start;
            System.out.println("{\"id\":\"" + parts[0] + "\",\"expr\":[" + String.join(",", expressions(found, text)) + "]}");
        }
        System.err.printf("sutime: %d bytes in %.1fs of processor time: %.4f MB/s%n", bytes, nanos / 1e9, bytes / 1e6 / (nanos / 1e9));
    }

    private static Annotation annotate(AnnotationPipeline pipeline, String text, String reference) {
        Annotation a = new Annotation(text);
        a.set(CoreAnnotations.DocDateAnnotation.class, reference.length() > 19 ? reference.substring(0, 19) : reference);
        pipeline.annotate(a);
        return a;
    }

    private static List<String> expressions(Annotation a, String text) {
        List<String> out = new ArrayList<>();
        List<CoreMap> found = a.get(TimeAnnotations.TimexAnnotations.class);
        if (found == null) {
            return out;
        }
        for (CoreMap m : found) {
            Timex t = m.get(TimeAnnotations.TimexAnnotation.class);
            int start = text.codePointCount(0, m.get(CoreAnnotations.CharacterOffsetBeginAnnotation.class));
            int end = text.codePointCount(0, m.get(CoreAnnotations.CharacterOffsetEndAnnotation.class));
            String value = t.value() == null ? "" : ",\"value\":\"" + t.value().replace("\"", "") + "\"";
            out.add("{\"start\":" + start + ",\"end\":" + end + ",\"type\":\"" + t.timexType() + "\"" + value + "}");
        }
        return out;
    }

    private static String unescape(String s) {
        StringBuilder b = new StringBuilder();
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c != '\\' || i + 1 == s.length()) {
                b.append(c);
                continue;
            }
            switch (s.charAt(++i)) {
                case 't': b.append('\t'); break;
                case 'n': b.append('\n'); break;
                case 'r': b.append('\r'); break;
                default: b.append(s.charAt(i));
            }
        }
        return b.toString();
    }
}
