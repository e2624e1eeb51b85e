package io.orderly.lab.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

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

    /** Prints what an experiment came to, and writes all of it beside the experiment's data as JSON. */
    public void report(String name, Object result) throws IOException {
        Path json = path().resolve(name + ".json");
        Files.write(json, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(result));
        System.out.printf("%s%nAll of it: %s%n", result.toString().stripTrailing(), json);
    }
}
