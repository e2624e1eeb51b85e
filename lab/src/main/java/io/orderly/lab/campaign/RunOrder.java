package io.orderly.lab.campaign;

import io.orderly.lab.experiment.Experiment;
import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.Scenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The runs of an experiment in a random order that only depends on the seed. The runs that are compared follow each other: of each
 * repeat and scenario, all arms with the same seed. Every second repeat has the reverse order of the one before, such as AB BA,
 * so that a machine that gets slower or faster meanwhile does not favour an arm.
 */
final class RunOrder {

    private RunOrder() {}

    /** @param seed of the run: the same for the arms that are compared */
    record PlannedRun(Scenario scenario, Arm arm, long seed) {}

    /** @param seed of the order, and of the runs of the first repeat; those of each further repeat have one more */
    static List<PlannedRun> of(Experiment experiment, int repeats, long seed) {
        var random = new SplittableRandom(seed);
        Map<Scenario, List<Arm>> orders = new HashMap<>();
        List<PlannedRun> runs = new ArrayList<>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            List<Scenario> scenarios = new ArrayList<>(experiment.scenarios());
            Collections.shuffle(scenarios, random);
            for (Scenario scenario : scenarios) {
                List<Arm> arms = new ArrayList<>(
                        experiment.arms().stream().filter(scenario::isFor).toList());
                if (repeat % 2 == 0) {
                    Collections.shuffle(arms, random);
                } else {
                    arms = orders.getOrDefault(scenario, arms).reversed();
                }
                orders.put(scenario, arms);
                for (Arm arm : arms) {
                    runs.add(new PlannedRun(scenario, arm, seed + repeat));
                }
            }
        }
        return runs;
    }
}
