package io.orderly.lab.trial;

import io.orderly.backends.FreePort;
import io.orderly.lab.experiment.DocumentReader;
import io.orderly.lab.experiment.ExperimentFile;
import io.orderly.lab.experiment.FileProblems;
import io.orderly.lab.experiment.InvalidExperimentException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads foreign systems from files. */
public final class SystemFile {

    private SystemFile() {}

    /**
     * Reads a system, and chooses ports for its processes where the file does not.
     *
     * @throws InvalidExperimentException with all problems of the file, each with its line and field; a port that is in use is one
     */
    public static ForeignSystem read(Path file) {
        var problems = new FileProblems(file);
        SystemDocument document = new DocumentReader(file, problems).read(SystemDocument.class);
        Map<String, String> values = new HashMap<>();
        values.put("folder", file.toAbsolutePath().normalize().getParent().toString());
        document.processes()
                .forEach((name, process) -> values.put(
                        "port." + name,
                        Integer.toString(
                                process == null || process.port() == null ? FreePort.find() : process.port())));
        new SystemChecks(document, values, problems).check();
        problems.throwIfAny();
        return document.toSystem(ExperimentFile.nameOf(file), values);
    }
}
