package io.orderly.gossip.protocol;

import static io.orderly.gossip.protocol.TestCluster.START_MILLIS;
import static io.orderly.gossip.protocol.TestCluster.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.gossip.member.Claim;
import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.member.MemberState;
import io.orderly.gossip.message.Update;
import io.orderly.gossip.message.WireSize;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RumoursTest {

    private static final int ROOM = 10_000;

    private final Rumours rumours = new Rumours();
    private final Knowledge knowledge =
            new Knowledge(GossipSettings.DEFAULT, new MemberState(record("m1"), Claim.NONE), new Counters(), 1);

    @BeforeEach
    void knowMembers() {
        for (int i = 2; i < 6; i++) {
            knowledge.learn(new MemberState(record("m" + i), Claim.NONE), 1, 1);
        }
    }

    @Test
    void eachIsSentALimitedNumberOfTimes() {
        rumours.add("m2", Rumours.Kind.INCARNATION);
        for (int i = 0; i < 3; i++) {
            assertThat(take(ROOM)).hasSize(1);
        }
        assertThat(take(ROOM)).isEmpty();
        assertThat(rumours.size()).isZero();
    }

    @Test
    void claimsComeFirstAndThenWhatWasSentLeastOften() {
        rumours.add("m2", Rumours.Kind.LOAD);
        rumours.add("m3", Rumours.Kind.INCARNATION);
        take(ROOM);
        rumours.add("m4", Rumours.Kind.INCARNATION);
        knowledge.learn("m5", new Claim(START_MILLIS, Liveness.SUSPECT), 1, 1);
        rumours.add("m5", Rumours.Kind.CLAIM);
        assertThat(take(ROOM)).extracting(Update::id).containsExactly("m5", "m4", "m3", "m2");
    }

    @Test
    void theRoomIsNotExceeded() {
        for (int i = 2; i < 6; i++) {
            rumours.add("m" + i, Rumours.Kind.INCARNATION);
        }
        int size = WireSize.of(new Update.State(knowledge.get("m2").state()));
        assertThat(take(2 * size)).hasSize(2);
        assertThat(take(2 * size - 1)).hasSize(1);
        assertThat(take(size - 1)).isEmpty();
    }

    @Test
    void theCurrentStateIsSent() {
        rumours.add("m2", Rumours.Kind.LOAD);
        var newer = new MemberState(record("m2").withLoad(42), Claim.NONE);
        knowledge.learn(newer, 1, 1);
        assertThat(take(ROOM)).containsExactly(new Update.State(newer));
    }

    private List<Update> take(int bytes) {
        return rumours.take(bytes, 3, knowledge, null);
    }
}
