package io.orderly.lab.system;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where experiments find what is built, and where they write. */
public final class LabFolder {

    @Option(
            names = "--data",
            paramLabel = "<folder>",
            description = "where everything is written to; default .orderly/lab beside ./run")
    private @Nullable Path data;

    /** The root of the repository. */
    public Path home() {
        return Path.of(System.getProperty("orderly.home", ".")).toAbsolutePath();
    }

    public Path path() {
        return data == null ? home().resolve(".orderly").resolve("lab") : data.toAbsolutePath();
    }
}
