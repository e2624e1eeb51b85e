package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.client.WriteOutcome.Reason;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.StoreCommand;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SessionHolderTest {

    private static final long OF_THE_APPLICATION = 99;

    private ScriptedMember member;
    private CoordinatorClient client;

    @BeforeEach
    void start() throws Exception {
        member = new ScriptedMember();
        client = CoordinatorClient.connect(member.settings());
    }

    @AfterEach
    void stop() {
        client.close();
        member.close();
    }

    @Test
    void keepsTheSessionIfALeaseOfTheApplicationHasEnded() {
        for (int i = 0; i < 3; i++) {
            assertThat(put(OF_THE_APPLICATION)).isEqualTo(new WriteOutcome.NotApplied(new Reason.LeaseEnded()));
        }
        assertThat(put(0)).isInstanceOf(WriteOutcome.Applied.class);
        assertThat(member.granted).hasSize(1);
    }

    @Test
    void opensAnotherSessionIfItsLeaseHasEnded() {
        member.alive.add(OF_THE_APPLICATION);
        for (long lease : new long[] {0, OF_THE_APPLICATION}) {
            put(0).orThrow();
            member.alive.removeAll(member.granted);
            assertThat(put(lease)).isInstanceOf(WriteOutcome.Applied.class);
        }
        assertThat(member.granted).hasSize(3);
    }

    private WriteOutcome put(long lease) {
        return client.execute(new StoreCommand.Txn(
                List.of(), List.of(StoreCommand.Put.of(Bytes.utf8("a"), Bytes.EMPTY, lease)), List.of()));
    }
}
