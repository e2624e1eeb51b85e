package io.orderly.lab.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.campaign.RunOrder.PlannedRun;
import io.orderly.lab.experiment.Experiment;
import io.orderly.lab.experiment.ExperimentFile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RunOrderTest {

    /** Two arms and two scenarios. */
    private static final Experiment TWO_BY_TWO =
            ExperimentFile.read(Path.of("experiments/distributed-transaction.yaml"), LabEnvironment.INSTALLATION);

    private static final Experiment THREE_ARMS =
            ExperimentFile.read(Path.of("experiments/chatty.yaml"), LabEnvironment.INSTALLATION);

    @Test
    void theSeedDeterminesTheOrder() {
        assertThat(RunOrder.of(TWO_BY_TWO, 6, 4)).isEqualTo(RunOrder.of(TWO_BY_TWO, 6, 4));
        Set<List<String>> orders = new HashSet<>();
        LongStream.rangeClosed(1, 50).forEach(seed -> orders.add(names(RunOrder.of(TWO_BY_TWO, 1, seed))));
        assertThat(orders).as("first repeats of seeds 1 to 50").hasSize(8);
    }

    @Test
    void eachPairOfRunsIsAdjacentAndHasOneSeed() {
        List<PlannedRun> runs = RunOrder.of(TWO_BY_TWO, 3, 7);
        assertThat(runs).hasSize(12).doesNotHaveDuplicates();
        for (int i = 0; i < runs.size(); i += 2) {
            PlannedRun first = runs.get(i);
            PlannedRun second = runs.get(i + 1);
            assertThat(second.scenario()).isEqualTo(first.scenario());
            assertThat(second.seed()).isEqualTo(first.seed()).isEqualTo(7 + i / 4);
            assertThat(second.arm()).isNotEqualTo(first.arm());
        }
    }

    @Test
    void everySecondRepeatIsTheReverseOfTheOneBefore() {
        for (var scenario : THREE_ARMS.scenarios()) {
            List<String> arms = RunOrder.of(THREE_ARMS, 4, 3).stream()
                    .filter(run -> run.scenario().equals(scenario))
                    .map(run -> run.arm().name())
                    .toList();
            assertThat(arms.subList(3, 6)).isEqualTo(arms.subList(0, 3).reversed());
            assertThat(arms.subList(9, 12)).isEqualTo(arms.subList(6, 9).reversed());
        }
    }

    private static List<String> names(List<PlannedRun> runs) {
        return runs.stream()
                .map(run -> run.scenario().name() + " " + run.arm().name())
                .toList();
    }
}
