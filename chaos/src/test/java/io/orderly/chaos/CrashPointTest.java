package io.orderly.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.chaos.ServiceFault.Crash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CrashPointTest {

    private final ActiveFaults faults = new ActiveFaults(new SimpleMeterRegistry(), () -> true);
    private final List<Integer> exitCodes = new ArrayList<>();
    private final ArmedCrashPoints crashPoints = new ArmedCrashPoints(faults, exitCodes::add);

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
    void aProcessHaltsWithoutShutdownHooks() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingProgram.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(ArmedCrashPoints.EXIT_CODE);
        assertThat(said).contains("before").doesNotContain("after").doesNotContain("hook");
    }

    /** Passes a crash point twice; the second pass halts the process. */
    static final class CrashingProgram {

        static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
            var faults = new ActiveFaults(new SimpleMeterRegistry(), () -> true);
            CrashPoint here = new ArmedCrashPoints(faults, Runtime.getRuntime()::halt).named("here");
            faults.add(new Crash("here", 2));
            here.pass();
            System.out.println("before");
            here.pass();
            System.out.println("after");
        }
    }
}
