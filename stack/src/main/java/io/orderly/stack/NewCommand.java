package io.orderly.stack;

import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.scaffold.ProjectIdentity;
import io.orderly.stack.scaffold.Scaffold;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a new project. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description =
                "Creates a project of two services that work together, order and inventory, with all that they stand on.")
final class NewCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "<name>", description = "of the project, such as my-shop")
    private String name = "";

    @Parameters(index = "1", paramLabel = "<folder>", description = "to create it in; must not exist, or be empty")
    private Path folder = Path.of("");

    @Option(
            names = "--package",
            required = true,
            paramLabel = "<package>",
            description = "of its classes, such as com.example.shop")
    private String packageName = "";

    /** Picocli creates it. */
    NewCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        Path target = folder.toAbsolutePath().normalize();
        try {
            new Scaffold(RunCommand.home()).create(new ProjectIdentity(name, packageName), target);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new ProcessFailure(e.getMessage(), e);
        }
        System.out.printf("Created %s in %s%n", name, target);
        System.out.println(
                isFormatted(target)
                        ? "Build it: mvn verify. Start it: ./run"
                        : "Its sources are not formatted, which its build refuses: run mvn spotless:apply there first.");
        return 0;
    }

    /** Imports sort by the package, and lines wrap by the length of its name. */
    private static boolean isFormatted(Path project) throws InterruptedException {
        ProcessBuilder format = new ProcessBuilder(List.of("mvn", "-q", "-B", "spotless:apply"));
        format.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            return format.directory(project.toFile()).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return false;
        }
    }
}
