package io.orderly.stack;

import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.scaffold.ProjectIdentity;
import io.orderly.stack.scaffold.Scaffold;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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

    @Option(names = "--verify", description = "build it and run all its tests, which takes minutes")
    private boolean verify;

    private final String maven;

    /** Picocli creates it. */
    NewCommand() {
        this("mvn");
    }

    /** @param maven the program, or its path */
    NewCommand(String maven) {
        this.maven = maven;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path target = folder.toAbsolutePath().normalize();
        try {
            new Scaffold(RunCommand.home()).create(new ProjectIdentity(name, packageName), target);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new ProcessFailure(e.getMessage(), e);
        }
        System.out.printf("Created %s in %s%n", name, target);
        // imports sort by the package, and lines wrap by the length of its name
        boolean formatted = succeeds(target, "-q", "spotless:apply");
        System.out.println(
                formatted
                        ? "Build it: mvn verify. Start it: ./run"
                        : "Its sources are not formatted, which its build refuses: run mvn spotless:apply there first.");
        return !verify || formatted && succeeds(target, "verify") ? 0 : 1;
    }

    /** Runs Maven in the project. */
    private boolean succeeds(Path project, String... arguments) throws InterruptedException {
        List<String> command = Stream.concat(Stream.of(maven, "-B", "-ntp"), Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            return builder.directory(project.toFile()).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return false;
        }
    }
}
