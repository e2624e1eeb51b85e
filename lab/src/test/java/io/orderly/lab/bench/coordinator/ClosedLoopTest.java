package io.orderly.lab.bench.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClosedLoopTest {

    private static final Duration TIME = Duration.ofMillis(400);
    private static final int DELAY_MILLIS = 10;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop eventLoop = group.next();
    private final AtomicInteger edges = new AtomicInteger();

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private ClosedLoop.Result run(int clients, Load load) throws InterruptedException {
        return new ClosedLoop(eventLoop, clients, load).run(Duration.ZERO, TIME, edges::incrementAndGet);
    }

    @Test
    void eachClientSendsItsNextRequestWhenTheLastOneIsAnswered() throws InterruptedException {
        ClosedLoop.Result result =
                run(3, (_, outcome) -> eventLoop.schedule(outcome::answered, DELAY_MILLIS, TimeUnit.MILLISECONDS));

        assertThat(result.answered()).isBetween(1L, 3 * TIME.toMillis() / DELAY_MILLIS + 3);
        assertThat(result.latency().p50Millis()).isGreaterThanOrEqualTo(DELAY_MILLIS - 1.0);
        assertThat(result.failures()).isZero();
        assertThat(edges).hasValue(2);
    }

    @Test
    void failuresAreCountedAndTried() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();

        ClosedLoop.Result result = run(1, (_, outcome) -> {
            if (calls.incrementAndGet() % 2 == 0) {
                outcome.failed(new IllegalStateException("no leader"));
            } else {
                eventLoop.schedule(outcome::answered, 1, TimeUnit.MILLISECONDS);
            }
        });

        assertThat(result.failures()).isPositive();
        assertThat(result.reason()).isEqualTo("no leader");
        assertThat(result.answered()).isPositive();
    }
}
