package io.orderly.coordinator.clock;

import io.orderly.clock.HybridTimestamp;
import io.orderly.coordinator.consensus.Refusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands out ranges of timestamps on the leader: a state machine, one per node, that makes requests to consensus as effects.
 *
 * <p><b>Unique.</b> A bound is replicated. Raising it assigns the timestamps between the old bound and the new one to the node that
 * raised it, and to no other node.
 *
 * <p><b>In real-time order.</b> A range is handed out only after a quorum confirmed, in a round begun after the request, that this
 * node leads; that a raise of the bound was decided is such a confirmation, too. So a leader that was replaced unnoticed hands out
 * nothing. A node that leads again after another leader finds a bound that is not its own, and discards its old window.
 *
 * <p><b>Near physical time.</b> A range begins at the clock of the leader or after what was handed out before, whichever is later.
 * If the clock is set back, the counter continues. A range that would be too far ahead of the clock is refused, and the bound is
 * never raised that far. The clock itself is not verified: a leader whose clock is fast raises the bound accordingly, and the next
 * leader refuses requests until its own clock is close to it.
 *
 * <p>One round confirms all requests that wait when it begins, and one is under way at a time. The bound is raised ahead, once half
 * of the window is used up, so that under load no request waits for a log entry.
 */
public final class TimestampOracle {

    private final OracleSettings settings;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long waitingTimestamps;
    private List<OracleEffect> effects = new ArrayList<>();

    private TimestampWindow window = TimestampWindow.emptyAfter(HybridTimestamp.MIN.toLong());
    private long physicalMillis;

    private @Nullable PendingConfirmation round;
    private @Nullable PendingConfirmation raise;

    /**
     * The last raise of the bound was refused, and no request has arrived since. To repeat it at once would keep an overloaded
     * leader busy.
     */
    private boolean raiseFailed;

    /** Requests are numbered in order of arrival; leadership is confirmed for all up to this number. */
    private long confirmed;

    private long requests;
    private long tokens;
    private long driftRefusals;

    public TimestampOracle(OracleSettings settings) {
        this.settings = settings;
    }

    /**
     * Handles inputs in order. Inputs that are available together should be passed together, and share a round.
     *
     * @param nowMillis of the wall clock, which may be set forwards or back
     * @return the effects, in order
     * @throws IllegalArgumentException if the clock shows a time where no timestamps are left
     */
    public List<OracleEffect> step(long nowMillis, List<OracleInput> inputs) {
        if (nowMillis > settings.lastClockMillis()) {
            throw new IllegalArgumentException("the clock shows %d ms, beyond the last timestamp".formatted(nowMillis));
        }
        physicalMillis = Math.max(0, nowMillis);
        inputs.forEach(this::take);
        boolean inDemand = !waiting.isEmpty();
        serve();
        if (inDemand) {
            raiseIfDue();
            confirmIfDue();
        }
        List<OracleEffect> result = effects;
        effects = new ArrayList<>();
        return result;
    }

    /** How many requests were answered with {@link OracleEffect.AheadOfClock}. */
    public long driftRefusals() {
        return driftRefusals;
    }

    private void take(OracleInput input) {
        switch (input) {
            case OracleInput.Requested(long request, int count) -> enqueue(request, count);
            case OracleInput.Confirmed(long token, long bound) -> {
                if (round != null && round.token == token) {
                    confirmed = Math.max(confirmed, round.lastRequest);
                    round = null;
                    if (bound != window.bound()) {
                        window = TimestampWindow.emptyAfter(bound);
                    }
                }
            }
            case OracleInput.Raised(long token, long previous, long bound) -> {
                if (raise != null && raise.token == token) {
                    confirmed = Math.max(confirmed, raise.lastRequest);
                    raise = null;
                    window = window.raised(previous, bound);
                }
            }
            case OracleInput.Failed(long token, Refusal refusal) -> {
                if (round != null && round.token == token) {
                    long through = round.lastRequest;
                    round = null;
                    fail(through, refusal);
                } else if (raise != null && raise.token == token) {
                    // requests that are confirmed wait only for this raise
                    long through = Math.max(confirmed, raise.lastRequest);
                    raise = null;
                    raiseFailed = true;
                    fail(through, refusal);
                }
            }
        }
    }

    private void enqueue(long request, int count) {
        if (count <= 0 || count > settings.maxRange()) {
            String reason = "%d timestamps, not from 1 to %d".formatted(count, settings.maxRange());
            effects.add(new OracleEffect.Refused(request, new Refusal.Invalid(reason)));
        } else if (waiting.size() >= settings.maxWaiting()) {
            effects.add(new OracleEffect.Refused(request, new Refusal.Overloaded()));
        } else {
            waiting.addLast(new Waiting(++requests, request, count));
            waitingTimestamps += count;
            raiseFailed = false;
        }
    }

    private void fail(long through, Refusal refusal) {
        boolean leads = !(refusal instanceof Refusal.NotLeader);
        while (!waiting.isEmpty() && (!leads || waiting.getFirst().number <= through)) {
            effects.add(new OracleEffect.Refused(removeFirst().request, refusal));
        }
    }

    private void serve() {
        while (!waiting.isEmpty() && waiting.getFirst().number <= confirmed) {
            int count = waiting.getFirst().count;
            long first = window.firstAt(physicalMillis);
            if (count - 1 > limit() - first) {
                driftRefusals++;
                Duration ahead = Duration.ofMillis(
                        HybridTimestamp.fromLong(first + count - 1).physicalMillis() - physicalMillis);
                effects.add(new OracleEffect.AheadOfClock(removeFirst().request, ahead));
            } else if (window.has(first, count)) {
                window = window.without(first, count);
                effects.add(new OracleEffect.Granted(
                        removeFirst().request, new TimestampRange(HybridTimestamp.fromLong(first), count)));
            } else {
                return;
            }
        }
    }

    /** Raises the bound if waiting requests need it, or if half of the window is used up. */
    private void raiseIfDue() {
        if (raise != null) {
            return;
        }
        long first = window.firstAt(physicalMillis);
        boolean lacking = waitingTimestamps > 0 && !window.has(first, waitingTimestamps);
        if (!lacking && (raiseFailed || window.has(first, settings.timestampsPerWindow() / 2))) {
            return;
        }
        long room = limit() - first;
        long wanted = Math.max(settings.timestampsPerWindow(), waitingTimestamps);
        long bound = first + Math.min(wanted - 1, room);
        if (bound > window.bound()) {
            // a raise in advance confirms no request: requests that can be served earlier must not wait for it
            raise = new PendingConfirmation(++tokens, lacking ? requests : 0);
            effects.add(new OracleEffect.RaiseBound(raise.token, bound));
        }
    }

    private void confirmIfDue() {
        if (round != null || waiting.isEmpty()) {
            return;
        }
        long confirmedSoon = raise == null ? confirmed : Math.max(confirmed, raise.lastRequest);
        if (waiting.getLast().number > confirmedSoon) {
            round = new PendingConfirmation(++tokens, requests);
            effects.add(new OracleEffect.ConfirmLeadership(round.token));
        }
    }

    /** The highest that may be handed out now. */
    private long limit() {
        return new HybridTimestamp(physicalMillis + settings.maxDrift().toMillis(), HybridTimestamp.MAX_COUNTER)
                .toLong();
    }

    private Waiting removeFirst() {
        Waiting first = waiting.removeFirst();
        waitingTimestamps -= first.count;
        return first;
    }

    private record Waiting(long number, long request, int count) {}

    /** @param lastRequest leadership is confirmed for requests up to this number, which came before the question was asked */
    private record PendingConfirmation(long token, long lastRequest) {}
}
