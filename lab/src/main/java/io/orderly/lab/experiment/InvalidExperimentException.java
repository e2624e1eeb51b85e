package io.orderly.lab.experiment;

import java.util.List;

/** An experiment file is invalid. The message has a line for each problem, with file, line and field. */
public final class InvalidExperimentException extends RuntimeException {

    public InvalidExperimentException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }

    /** The problems, one line each. */
    public List<String> problems() {
        return getMessage().lines().toList();
    }
}
