package io.orderly.antipatterns.twophasecommit.manager;

import io.orderly.antipatterns.twophasecommit.InDoubtBranch;
import io.orderly.antipatterns.twophasecommit.manager.DecisionLog.UnacknowledgedCommit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Reports the branches that are in doubt in all services. */
public class InDoubtReport {

    private static final int MAX_DECISIONS = 1_000;

    private final EnlistedParticipants enlisted;
    private final DecisionLog decisions;

    InDoubtReport(EnlistedParticipants enlisted, DecisionLog decisions) {
        this.enlisted = enlisted;
        this.decisions = decisions;
    }

    /**
     * @param participants all participants with their answers
     * @param unacknowledged commits that a participant has not acknowledged, oldest first
     */
    public record Report(List<ParticipantBranches> participants, List<UnacknowledgedCommit> unacknowledged) {}

    /** @param inDoubt oldest first; null if the participant did not answer */
    public record ParticipantBranches(
            String participant, @Nullable List<InDoubtBranch> inDoubt) {}

    public Report read() throws InterruptedException {
        List<String> names = List.copyOf(enlisted.participants().sequencedKeySet());
        List<Callable<List<InDoubtBranch>>> queries = enlisted.participants().sequencedValues().stream()
                .map(participant -> (Callable<List<InDoubtBranch>>) participant::inDoubt)
                .toList();
        List<ParticipantBranches> found = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<InDoubtBranch>>> answers = threads.invokeAll(queries);
            for (int i = 0; i < answers.size(); i++) {
                found.add(new ParticipantBranches(names.get(i), answerOf(answers.get(i))));
            }
        }
        return new Report(found, decisions.unacknowledged(Duration.ZERO, MAX_DECISIONS));
    }

    private static @Nullable List<InDoubtBranch> answerOf(Future<List<InDoubtBranch>> answer)
            throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException _) {
            return null;
        }
    }
}
