package io.orderly.coordinator.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final long TIMEOUT = 10;

    /** An event on the connection between a leader and a follower. */
    sealed interface LinkEvent {
        record Send(int slots) implements LinkEvent {}

        record Accepted(int slot) implements LinkEvent {}

        record Gap(int slot) implements LinkEvent {}

        record At(int slot) implements LinkEvent {}

        record Wait(int nanos) implements LinkEvent {}
    }

    @Property(tries = 500)
    void matchStaysBelowNextAndBatchesWithinTheWindow(@ForAll("linkEvents") List<LinkEvent> linkEvents) {
        Progress progress = new Progress(3, 1, true, 0);
        long sent = 0;
        long now = 0;
        long match = 0;
        for (LinkEvent event : linkEvents) {
            switch (event) {
                case LinkEvent.Send(int slots) -> {
                    if (progress.hasRoom()) {
                        progress.sent(progress.next() + slots - 1, now);
                        sent = Math.max(sent, progress.next() - 1);
                    }
                }
                case LinkEvent.Accepted(int slot) -> progress.accepted(Math.min(slot, sent));
                case LinkEvent.Gap(int slot) -> progress.gap(Math.max(progress.match(), Math.min(slot, sent)));
                case LinkEvent.At(int slot) -> progress.at(Math.max(progress.match(), Math.min(slot, sent)), 0);
                case LinkEvent.Wait(int nanos) -> {
                    now += nanos;
                    progress.resendAfter(TIMEOUT, now);
                }
            }
            assertThat(progress.match()).isGreaterThanOrEqualTo(match).isLessThan(progress.next());
            assertThat(progress.next()).isLessThanOrEqualTo(sent + 1);
            assertThat(progress.inFlight()).isBetween(0, 3);
            match = progress.match();
        }
    }

    @Property(tries = 500)
    void aLiveFollowerCatchesUpAfterAnyEvents(@ForAll("linkEvents") List<LinkEvent> linkEvents) {
        Progress progress = new Progress(3, 1, true, 0);
        long now = 0;
        for (LinkEvent event : linkEvents) {
            switch (event) {
                case LinkEvent.Send(int slots) -> {
                    if (progress.hasRoom() && progress.next() + slots <= 50) {
                        progress.sent(progress.next() + slots - 1, now);
                    }
                }
                case LinkEvent.Accepted _ -> {}
                case LinkEvent.Gap(int slot) -> progress.gap(slot);
                case LinkEvent.At(int slot) -> progress.at(slot, 0);
                case LinkEvent.Wait(int nanos) -> now += nanos;
            }
        }
        long follower = 0;
        for (int i = 0; i < 200 && progress.match() < 50; i++) {
            now += TIMEOUT;
            progress.resendAfter(TIMEOUT, now);
            while (progress.hasRoom() && progress.next() <= 50) {
                long first = progress.next();
                long last = Math.min(50, first + 4);
                progress.sent(last, now);
                if (first <= follower + 1) {
                    follower = Math.max(follower, last);
                    progress.accepted(follower);
                } else {
                    progress.gap(follower);
                }
            }
            progress.at(follower, 0);
        }
        assertThat(progress.match()).isEqualTo(50);
    }

    @Test
    void oneLostBatchIsSentAgainOnce() {
        Progress progress = new Progress(4, 1, false, 0);
        progress.sent(2, 0);
        progress.sent(4, 0);
        progress.sent(6, 0);
        progress.gap(0);
        assertThat(progress.next()).isEqualTo(1);
        progress.sent(2, 0);
        progress.gap(0);
        assertThat(progress.next()).isEqualTo(3);
        assertThat(progress.hasRoom()).isFalse();
        progress.accepted(2);
        assertThat(progress.hasRoom()).isTrue();
    }

    @Provide
    Arbitrary<List<LinkEvent>> linkEvents() {
        Arbitrary<Integer> slots = Arbitraries.integers().between(0, 30);
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(1, 5).map(n -> (LinkEvent) new LinkEvent.Send(n)),
                        slots.map(slot -> (LinkEvent) new LinkEvent.Accepted(slot)),
                        slots.map(slot -> (LinkEvent) new LinkEvent.Gap(slot)),
                        slots.map(slot -> (LinkEvent) new LinkEvent.At(slot)),
                        Arbitraries.integers().between(1, 12).map(n -> (LinkEvent) new LinkEvent.Wait(n)))
                .list()
                .ofMaxSize(40);
    }
}
