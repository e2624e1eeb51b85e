package io.orderly.lab.trial;

import io.orderly.lab.run.Machine;
import java.time.Instant;
import java.util.List;

/**
 * The results of all runs of a foreign system so far.
 *
 * @param system its name
 * @param seed that of the first run of each scenario
 * @param command the command line that repeats them
 */
public record TrialReport(
        String system, String title, long seed, String command, Instant at, Machine machine, List<TrialResult> runs) {}
