package io.orderly.lab.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.ExperimentPlan;
import io.orderly.lab.experiment.Experiment.Load;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Experiment.Role;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.experiment.HttpCall;
import io.orderly.lab.experiment.PlannedFault;
import io.orderly.lab.fault.Fault;
import io.orderly.lab.load.MixShares;
import io.orderly.lab.load.RetryPolicy;
import io.orderly.lab.run.ArmRun;
import io.orderly.lab.run.RunResult;
import io.orderly.lab.run.RunResult.FaultSpan;
import io.orderly.lab.system.ShortLivedJvmSettings;
import io.orderly.lab.system.SystemFolder;
import io.orderly.stack.Topology;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A run of a real system that starts from a copy, has a fault injected, and is interrupted. */
@Tag("system")
@ResourceLock(SystemFolder.LOCK)
class ArmRunIntegrationTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Arm SAGA = new Arm(
            "saga",
            Role.PATTERN,
            new HttpCall(HttpCall.Method.POST, "/orders"),
            Map.of(),
            Map.of(),
            RetryPolicy.DEFAULT);
    private static final Scenario PAUSED = new Scenario(
            "paused",
            "The shipping-service is paused",
            null,
            null,
            List.of(),
            false,
            1,
            Map.of(),
            List.of(),
            50,
            MixShares.EVERY_WAY,
            new Load.Open(10),
            List.of(),
            List.of(new PlannedFault(new Fault.Pause(Topology.SHIPPING), Duration.ZERO, Duration.ofSeconds(2))));
    private static final ExperimentPlan EXTENT = new ExperimentPlan(
            Map.of(
                    PhaseName.WARM_UP,
                    Duration.ofSeconds(4),
                    PhaseName.BEFORE,
                    Duration.ofSeconds(3),
                    PhaseName.DURING,
                    Duration.ofSeconds(3),
                    PhaseName.AFTER,
                    Duration.ofMinutes(10),
                    PhaseName.DRAIN,
                    Duration.ofSeconds(20)),
            1);

    @Test
    void anInterruptedRunHealsFaultsStopsProcessesAndReturnsPartialResults() throws Exception {
        Path home = Path.of("..").toAbsolutePath().normalize();
        Path data = SystemFolder.PATH;
        ArmRun.Environment place = LabEnvironment.prepare(home, data, ShortLivedJvmSettings.with(Map.of()));
        var said = new ByteArrayOutputStream();
        var result = new CompletableFuture<RunResult>();
        Thread run = Thread.ofPlatform().start(() -> {
            try (var out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
                result.complete(new ArmRun(place, SAGA, PAUSED, EXTENT, Duration.ofSeconds(5), 1, out).run());
            } catch (Exception | AssertionError e) {
                result.completeExceptionally(e);
            }
        });
        await().atMost(PATIENCE)
                .until(() ->
                        result.isDone() || said.toString(StandardCharsets.UTF_8).contains("after for"));
        run.interrupt();

        RunResult partial = result.join();
        assertThat(partial.validityProblems())
                .anySatisfy(problem -> assertThat(problem).contains("interrupted"));
        assertThat(partial.isValid()).isFalse();
        assertThat(partial.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.title()).isEqualTo("pause shipping-service");
            assertThat(fault.to() - fault.from()).isGreaterThanOrEqualTo(2);
        });
        assertThat(partial.faults())
                .extracting(FaultSpan::effect)
                .allSatisfy(effect -> assertThat(effect).contains("was suspended"));
        assertThat(partial.phases()).containsKeys(PhaseName.WARM_UP, PhaseName.BEFORE, PhaseName.DURING);
        assertThat(partial.phases().get(PhaseName.WARM_UP).sent()).isPositive();
        assertThat(partial.seconds()).hasSizeGreaterThan(8);
        assertThat(partial.violations()).isEmpty();
        assertThat(processesOn(data)).isEmpty();
    }

    private static Stream<String> processesOn(Path data) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(data.toString()));
    }
}
