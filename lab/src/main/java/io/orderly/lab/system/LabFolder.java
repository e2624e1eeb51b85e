package io.orderly.lab.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** The folders of the lab: the repository with the built modules, and the output folder. */
public final class LabFolder {

    @Option(
            names = "--data",
            paramLabel = "<folder>",
            description = "output folder; default .orderly/lab next to ./run")
    private @Nullable Path data;

    /** The root of the repository. */
    public Path home() {
        return Path.of(System.getProperty("orderly.home", ".")).toAbsolutePath();
    }

    /** The output folder that was given; null for the default. */
    public @Nullable Path given() {
        return data;
    }

    public Path path() {
        return data == null ? home().resolve(".orderly").resolve("lab") : data.toAbsolutePath();
    }

    /** Prints a result, and writes it as JSON to the output folder. */
    public void report(String name, Object result) throws IOException {
        Path json = path().resolve(name + ".json");
        Files.write(json, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(result));
        System.out.printf("%s%nComplete result: %s%n", result.toString().stripTrailing(), json);
    }
}
