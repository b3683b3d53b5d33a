import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;

/** Reads one .properties text in base64 a line, and answers one line: fault, or key and value pairs in base64. */
public class Judge {
  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    StringBuilder out = new StringBuilder();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Properties properties = new Properties();
      try {
        properties.load(new StringReader(new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_16BE)));
        properties.stringPropertyNames().stream().sorted().forEach(key ->
            out.append(encode(key)).append(':').append(encode(properties.getProperty(key))).append(' '));
      } catch (IllegalArgumentException fault) {
        out.append("fault");
      }
      out.append('\n');
    }
    System.out.print(out);
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_16BE));
  }
}
