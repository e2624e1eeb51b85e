package io.orderly.lab.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads experiments from files. */
public final class ExperimentFile {

    private static final String EXTENSION = ".yaml";

    private ExperimentFile() {}

    /**
     * The experiment files of a folder, in the order of their names.
     *
     * @throws UncheckedIOException if the folder cannot be read
     */
    public static List<Path> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(EXTENSION))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of the experiment in a file: the name of the file without its extension. */
    public static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
    }

    /**
     * Reads an experiment.
     *
     * @param system the parts that the experiment may refer to
     * @throws InvalidExperimentException with all problems of the file, each with its line and field
     */
    public static Experiment read(Path file, SystemDescription system) {
        var problems = new FileProblems(file);
        ExperimentDocument document = new DocumentReader(file, problems).read(ExperimentDocument.class);
        new CrossReferences(document, system, problems).check();
        problems.throwIfAny();
        return document.toExperiment(nameOf(file));
    }
}
