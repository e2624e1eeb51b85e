package io.orderly.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class NewCommandTest {

    private static final int USAGE = 2;

    @TempDir
    private Path parent;

    private final StringWriter errors = new StringWriter();

    @Test
    void requiresAPackage() {
        assertThat(run("new", "my-shop", folder())).isEqualTo(USAGE);
        assertThat(errors.toString()).contains("Missing required option: '--package=<package>'");
        assertThat(parent).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"My Shop, com.example.shop", "my-shop, com.example.my-shop"})
    void badInputFailsAndWritesNothing(String name, String packageName) {
        assertThat(run("new", name, "--package", packageName, folder())).isEqualTo(1);
        assertThat(parent).isEmptyDirectory();
    }

    private String folder() {
        return parent.resolve("shop").toString();
    }

    private int run(String... arguments) {
        CommandLine commandLine = OrderlyApplication.commandLine(List.of());
        commandLine.getSubcommands().values().forEach(command -> command.setErr(new PrintWriter(errors)));
        return commandLine.execute(arguments);
    }
}
