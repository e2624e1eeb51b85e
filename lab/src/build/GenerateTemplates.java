import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.resolve.DirectoryCodeResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Writes a Java class for each template of a module, as a step of its build and on the JVM that Maven runs on. It stands in for
 * jte's Maven plugin, which needs Maven 3.9.
 */
final class GenerateTemplates {

    /** @param arguments the folder of the templates, the folder to write to and the package of the classes */
    public static void main(String[] arguments) throws IOException {
        Path templates = Path.of(arguments[0]);
        Path sources = Path.of(arguments[1]);
        // what is written again is compiled again, and the module with it
        if (newest(templates) > newest(sources)) {
            TemplateEngine engine = TemplateEngine.create(
                    new DirectoryCodeResolver(templates), sources, ContentType.Html, null, arguments[2]);
            engine.setTrimControlStructures(true);
            engine.cleanAll();
            engine.generateAll();
        }
    }

    /** @return when a file of the folder was last changed, in milliseconds; 0 if there is no file */
    private static long newest(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().lastModified())
                    .max()
                    .orElse(0);
        }
    }
}
