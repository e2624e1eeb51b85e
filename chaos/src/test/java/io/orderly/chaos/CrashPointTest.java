package io.orderly.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.chaos.ServiceFault.Crash;
import io.orderly.chaos.ServiceFault.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

class CrashPointTest {

    private final ActiveFaults faults = new ActiveFaults(new SimpleMeterRegistry(), () -> true);
    private final List<Integer> exitCodes = new ArrayList<>();
    private final AtomicInteger pauses = new AtomicInteger();
    private final ArmedCrashPoints crashPoints = new ArmedCrashPoints(faults, exitCodes::add, pauses::incrementAndGet);

    @Test
    void onlyTheNamedCrashPointHalts() {
        CrashPoint here = crashPoints.named("here");
        CrashPoint there = crashPoints.named("there");
        faults.add(new Crash("there", 1));

        here.pass();
        assertThat(exitCodes).isEmpty();

        there.pass();
        assertThat(exitCodes).containsExactly(ArmedCrashPoints.EXIT_CODE);
    }

    @Test
    void theProcessHaltsAtTheConfiguredPass() {
        CrashPoint here = crashPoints.named("here");
        here.pass();
        ActiveFault<?> active = faults.add(new Crash("here", 3));

        here.pass();
        here.pass();
        assertThat(exitCodes).isEmpty();
        assertThat(active.hits()).hasValue(2);

        here.pass();
        assertThat(exitCodes).hasSize(1);
    }

    @Test
    void aRemovedCrashFaultHasNoEffect() {
        CrashPoint here = crashPoints.named("here");
        faults.put("crash", new Crash("here", 1));
        faults.remove("crash");

        here.pass();

        assertThat(exitCodes).isEmpty();
    }

    @Test
    void aPauseTakesEffectOnceAtItsPoint() {
        CrashPoint here = crashPoints.named("here");
        faults.add(new Pause("here", 2));

        here.pass();
        crashPoints.named("there").pass();
        assertThat(pauses).hasValue(0);

        here.pass();
        here.pass();
        assertThat(pauses).hasValue(1);
        assertThat(exitCodes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"partitions, 1, 2", "other, 0, 0", ", 0, 0"})
    void onlyTransactionsOfOwnersPassTheirPoints(@Nullable String transaction, int atTheBeginning, int atTheCommit) {
        var owner = new OwnerCrashPoints(crashPoints);
        faults.add(new Pause("before-owner-transaction", 1));
        faults.add(new Pause("before-owner-commit", 1));

        var template = new TransactionTemplate(transactions(owner));
        template.setName(transaction);
        template.executeWithoutResult(_ -> {
            assertThat(pauses).hasValue(atTheBeginning);
            owner.committing(List.of());
        });

        assertThat(pauses).hasValue(atTheCommit);
    }

    /** Transactions of no resource, with the names and listeners of others. */
    private static PlatformTransactionManager transactions(TransactionExecutionListener listener) {
        var manager = new AbstractPlatformTransactionManager() {
            @Override
            protected Object doGetTransaction() {
                return new Object();
            }

            @Override
            protected void doBegin(Object transaction, TransactionDefinition definition) {}

            @Override
            protected void doCommit(DefaultTransactionStatus status) {}

            @Override
            protected void doRollback(DefaultTransactionStatus status) {}
        };
        manager.addListener(listener);
        return manager;
    }

    @Test
    void aProcessThatSuspendsItselfContinuesAtTheSamePoint() throws IOException, InterruptedException {
        Process process = program(PausingProgram.class).start();
        try {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> isStopped(process.pid()));
            new ProcessBuilder("sh", "-c", "kill -CONT " + process.pid())
                    .start()
                    .waitFor();
            assertThat(new String(process.getInputStream().readAllBytes())).contains("before", "after");
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean isStopped(long pid) throws IOException {
        String status = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return status.substring(status.lastIndexOf(')')).startsWith(") T");
    }

    @Test
    void aProcessHaltsWithoutShutdownHooks() throws IOException, InterruptedException {
        Process process = program(CrashingProgram.class).start();
        String said = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(ArmedCrashPoints.EXIT_CODE);
        assertThat(said).contains("before").doesNotContain("after").doesNotContain("hook");
    }

    private static ProcessBuilder program(Class<?> main) {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())
                .redirectErrorStream(true);
    }

    /** Suspends itself at a crash point. */
    static final class PausingProgram {

        static void main(String[] args) {
            var faults = new ActiveFaults(new SimpleMeterRegistry(), () -> true);
            CrashPoint here = new ArmedCrashPoints(faults, Runtime.getRuntime()::halt, ArmedCrashPoints::suspendProcess)
                    .named("here");
            faults.add(new Pause("here", 1));
            System.out.println("before");
            here.pass();
            System.out.println("after");
        }
    }

    /** Passes a crash point twice; the second pass halts the process. */
    static final class CrashingProgram {

        static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
            var faults = new ActiveFaults(new SimpleMeterRegistry(), () -> true);
            CrashPoint here = new ArmedCrashPoints(faults, Runtime.getRuntime()::halt, () -> {}).named("here");
            faults.add(new Crash("here", 2));
            here.pass();
            System.out.println("before");
            here.pass();
            System.out.println("after");
        }
    }
}
