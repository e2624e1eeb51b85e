import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.resolve.DirectoryCodeResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a Java class for each template of a module, as a step of its build and on the JVM that Maven runs on. It stands in for
 * jte's Maven plugin, which needs Maven 3.9.
 */
final class GenerateTemplates {

    /** A file next to the classes: what they were generated from. Without it, their generation did not end. */
    private static final String STAMP = "generated-from";

    /**
     * @param arguments the folder of the templates, the folder to write to, the package of the classes, the version of jte and
     *     the file of this program
     */
    public static void main(String[] arguments) throws IOException {
        Path templates = Path.of(arguments[0]);
        Path sources = Path.of(arguments[1]);
        Path stamp = sources.resolve(STAMP);
        String origin = "jte %s%n%s%n%s%n"
                .formatted(arguments[3], stateOf(Path.of(arguments[4])), stateOf(templates));
        // what is written again is compiled again, and the module with it
        if (!Files.exists(stamp) || !Files.readString(stamp).equals(origin)) {
            Files.deleteIfExists(stamp);
            TemplateEngine engine = TemplateEngine.create(
                    new DirectoryCodeResolver(templates), sources, ContentType.Html, null, arguments[2]);
            engine.setTrimControlStructures(true);
            engine.cleanAll();
            engine.generateAll();
            Files.writeString(stamp, origin);
        }
    }

    /** The files of a folder, or a single file, each with the time of its last change. */
    private static String stateOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> file + " " + file.toFile().lastModified())
                    .collect(Collectors.joining(System.lineSeparator()));
        }
    }
}
