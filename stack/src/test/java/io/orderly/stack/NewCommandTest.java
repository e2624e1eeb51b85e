package io.orderly.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class NewCommandTest {

    private static final int USAGE = 2;
    private static final String HOME = "orderly.home";

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
    @CsvSource({"My Shop, com.example.shop", "my-shop, com.example.my-shop", "stack, com.example.shop"})
    void badInputFailsAndWritesNothing(String name, String packageName) {
        assertThat(run("new", name, "--package", packageName, folder())).isEqualTo(1);
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void sourcesThatCannotBeReadAreReportedInOneLine() {
        System.setProperty(HOME, parent.resolve("no-repository").toString());
        PrintStream before = System.err;
        var reported = new ByteArrayOutputStream();
        System.setErr(new PrintStream(reported, true));
        try {
            assertThat(run("new", "my-shop", "--package", "com.example.shop", folder()))
                    .isEqualTo(1);
        } finally {
            System.setErr(before);
            System.clearProperty(HOME);
        }
        assertThat(reported.toString().strip())
                .startsWith("the sources in " + parent.resolve("no-repository") + " cannot be read: ")
                .doesNotContain("\n");
        assertThat(parent).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1"})
    void verifiesTheNewProjectAndReturnsTheResult(int exitCodeOfVerify, int expected) throws IOException {
        assertThat(create(maven(exitCodeOfVerify), "--verify")).isEqualTo(expected);
        assertThat(parent.resolve("shop/arguments")).content().isEqualTo("-B -ntp -q spotless:apply\n-B -ntp verify\n");
    }

    @Test
    void doesNotVerifyWithoutTheOption() throws IOException {
        assertThat(create(maven(1))).isZero();
        assertThat(parent.resolve("shop/arguments")).content().isEqualTo("-B -ntp -q spotless:apply\n");
    }

    private int create(Path maven, String... options) {
        System.setProperty(HOME, Path.of("..").toAbsolutePath().normalize().toString());
        try {
            return new CommandLine(new NewCommand(maven.toString()))
                    .execute(Stream.concat(
                                    Stream.of("my-shop", "--package", "com.example.shop", folder()), Stream.of(options))
                            .toArray(String[]::new));
        } finally {
            System.clearProperty(HOME);
        }
    }

    /** A program that records its arguments in its working directory. */
    private Path maven(int exitCodeOfVerify) throws IOException {
        Path program = Files.createFile(
                parent.resolve("maven"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        return Files.writeString(program, """
                #!/bin/sh
                echo "$@" >> arguments
                case "$*" in
                  *verify) exit %d ;;
                esac
                """.formatted(exitCodeOfVerify));
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
