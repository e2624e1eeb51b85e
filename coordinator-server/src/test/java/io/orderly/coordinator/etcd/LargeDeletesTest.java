package io.orderly.coordinator.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.member.SingleMember;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.store.StoreResponse;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LargeDeletesTest {

    /** More than one part. */
    private static final int BATCHES = 101;

    private static final int KEYS_PER_BATCH = 100;
    private static final Reply<StoreResponse> REFUSED = new Reply.Refused<>(new Refusal.NotLeader(null));
    private static final StoreCommand.DeleteRange ALL =
            new StoreCommand.DeleteRange(KeyRange.startingWith(Bytes.utf8("many/")), false);

    private final SingleMember member = new SingleMember();

    @AfterEach
    void close() {
        member.close();
    }

    @Test
    void aFailureBeforeTheFirstPartHasNoEffect() {
        fill();
        assertThat(new LargeDeletes(refusingFrom(2), Runnable::run).delete(ALL))
                .succeedsWithin(Duration.ofSeconds(20))
                .isEqualTo(REFUSED);
    }

    @Test
    void aFailureAfterTheFirstPartIsNotToldAsOneWithoutEffect() {
        fill();
        assertThat(new LargeDeletes(refusingFrom(3), Runnable::run).delete(ALL))
                .succeedsWithin(Duration.ofSeconds(20))
                .isEqualTo(new Reply.Unknown<>());
    }

    private void fill() {
        List<CompletableFuture<?>> filled = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Operation> puts = new ArrayList<>();
            for (int i = 0; i < KEYS_PER_BATCH; i++) {
                puts.add(StoreCommand.Put.of(Bytes.utf8("many/%d/%d".formatted(batch, i)), Bytes.EMPTY));
            }
            filled.add(member.execute(new StoreCommand.Txn(List.of(), puts, List.of())));
        }
        filled.forEach(CompletableFuture::join);
    }

    /** @param command from this one on, counted from 1, the member does not lead; the first is too much work */
    private Coordinator refusingFrom(int command) {
        var commands = new AtomicInteger();
        Reply<StoreResponse> tooLarge =
                new Reply.Completed<>(new StoreResponse.Refused(1, new StoreRefusal.TooMuchWork(1)));
        return (Coordinator) Proxy.newProxyInstance(
                Coordinator.class.getClassLoader(), new Class<?>[] {Coordinator.class}, (_, method, arguments) -> {
                    int number = method.getName().equals("execute") ? commands.incrementAndGet() : 0;
                    if (number == 1) {
                        return CompletableFuture.completedFuture(tooLarge);
                    }
                    return number >= command
                            ? CompletableFuture.completedFuture(REFUSED)
                            : method.invoke(member, arguments);
                });
    }
}
