package io.orderly.console.faults;

import io.orderly.console.faults.FaultsView.Control;
import io.orderly.console.faults.FaultsView.FaultState;
import java.util.ArrayDeque;
import java.util.List;

/** Remembers the faults that have ended. Not thread-safe. */
final class FaultHistory {

    static final int MAX_ENDED = 50;

    private final ArrayDeque<FaultState> ended = new ArrayDeque<>();
    private List<FaultState> active = List.of();

    /** @param now the active faults, the oldest first */
    FaultsView observe(List<FaultState> now, long nowMillis) {
        active.stream()
                .filter(fault -> now.stream().noneMatch(fault::isSame))
                .forEach(fault -> ended.addFirst(fault.ended(nowMillis)));
        while (ended.size() > MAX_ENDED) {
            ended.removeLast();
        }
        active = List.copyOf(now);
        return view(Control.ON);
    }

    /** What injects faults does not answer, so the faults are those of the last answer. */
    FaultsView noAnswer() {
        return view(Control.AWAY);
    }

    private FaultsView view(Control control) {
        return new FaultsView(control, active, List.copyOf(ended));
    }
}
