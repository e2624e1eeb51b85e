package io.orderly.lab.torture.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.simulation.history.LinearizabilityChecker;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyGroupsTest {

    private static final int MANY = 20_000;

    private final KeyGroups groups = new KeyGroups();
    private final Random random = new Random(1);
    private final Map<Integer, Integer> open = new HashMap<>();
    private final Map<Integer, Integer> operations = new HashMap<>();

    private KeyGroups.Use next() {
        KeyGroups.Use use = groups.next(random);
        operations.merge(use.group(), 1, Integer::sum);
        open.merge(use.group(), 1, Integer::sum);
        return use;
    }

    private void answered(KeyGroups.Use use) {
        use.answered();
        open.merge(use.group(), -1, Integer::sum);
    }

    @Test
    void aGroupHasNoMoreOperationsThanCanBeChecked() {
        for (int i = 0; i < MANY; i++) {
            answered(next());
        }

        assertThat(operations.values())
                .allMatch(number -> number <= LinearizabilityChecker.MAX_OPERATIONS_PER_KEY)
                .contains(KeyGroups.OPERATIONS_PER_GROUP);
    }

    @Test
    void noMoreOperationsOfAGroupAreOpenThanCanBeCheckedHoweverManyAreNotAnswered() {
        int most = 0;
        for (int i = 0; i < MANY; i++) {
            KeyGroups.Use use = next();
            switch (random.nextInt(3)) {
                case 0 -> use.unanswered();
                case 1 -> answered(use);
                default -> {
                    // never answered, and the client has not given up
                }
            }
            most = Math.max(most, open.get(use.group()));
        }

        assertThat(most).isBetween(KeyGroups.UNANSWERED_PER_GROUP, LinearizabilityChecker.MAX_CLIENTS);
    }

    @Test
    void aGroupWithUnansweredOperationsIsReplaced() {
        Map<Integer, Integer> unanswered = new HashMap<>();
        for (int i = 0; i < MANY; i++) {
            KeyGroups.Use use = next();
            use.unanswered();
            unanswered.merge(use.group(), 1, Integer::sum);
        }

        assertThat(unanswered.values()).allMatch(number -> number <= KeyGroups.UNANSWERED_PER_GROUP);
    }
}
