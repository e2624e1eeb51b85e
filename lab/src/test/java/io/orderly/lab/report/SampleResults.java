package io.orderly.lab.report;

import io.orderly.lab.audit.Violation;
import io.orderly.lab.evidence.OrderHistory;
import io.orderly.lab.experiment.Experiment;
import io.orderly.lab.experiment.Experiment.Arm;
import io.orderly.lab.experiment.Experiment.Expectation;
import io.orderly.lab.experiment.Experiment.ExperimentPlan;
import io.orderly.lab.experiment.Experiment.Load;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Experiment.Role;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.experiment.HttpCall;
import io.orderly.lab.experiment.Metric;
import io.orderly.lab.load.Latency;
import io.orderly.lab.load.MixShares;
import io.orderly.lab.load.OrderOutcome;
import io.orderly.lab.load.Phase;
import io.orderly.lab.load.PhaseResult;
import io.orderly.lab.load.RetryPolicy;
import io.orderly.lab.run.EndToEnd;
import io.orderly.lab.run.EndToEnd.Percentile;
import io.orderly.lab.run.ExperimentResult;
import io.orderly.lab.run.Machine;
import io.orderly.lab.run.Measured;
import io.orderly.lab.run.Recovery;
import io.orderly.lab.run.RunResult;
import io.orderly.lab.run.RunResult.CustomerOutcome;
import io.orderly.lab.run.RunResult.FaultSpan;
import io.orderly.lab.run.RunResult.OrderEnd;
import io.orderly.lab.run.RunResult.Second;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Results of a made-up experiment. */
final class SampleResults {

    /** Text that would be a script if it were not escaped, with a control character. */
    static final String HOSTILE = "<script>window.hacked = true</script>\"'&\u0001";

    static final Arm SAGA = arm("saga", Role.PATTERN, "/orders");
    static final Arm WRONG = arm("two-phase-commit", Role.ANTI_PATTERN, "/wrong");
    static final Scenario HOT = new Scenario(
            "hot",
            "Hot stock " + HOSTILE,
            null,
            null,
            List.of(),
            false,
            1,
            Map.of(),
            List.of("PENCIL-HB"),
            100,
            MixShares.ALL_ORDINARY,
            new Load.Open(20),
            List.of(),
            List.of());

    private static final ExperimentPlan EXTENT = new ExperimentPlan(
            Map.of(PhaseName.BEFORE, Duration.ofSeconds(10), PhaseName.DURING, Duration.ofSeconds(10)), 2);
    private static final Instant AT = Instant.parse("2026-11-23T15:00:00Z");
    private static final String ORDER = "01a208ce-28c3-74e6-aa43-63483f96775c";

    private SampleResults() {}

    private static Arm arm(String name, Role role, String path) {
        return new Arm(name, role, new HttpCall(HttpCall.Method.POST, path), Map.of(), Map.of(), RetryPolicy.DEFAULT);
    }

    static Expectation expectation(Metric measure, String arm, String relativeTo, Double atLeast, Double atMost) {
        return new Expectation(measure, arm, relativeTo, null, PhaseName.DURING, atLeast, atMost);
    }

    static ExperimentResult result(List<Expectation> expectations, RunResult... runs) {
        return result(List.of(HOT), expectations, List.of(runs));
    }

    /** Of scenarios that are named by {@link #level}. */
    static ExperimentResult sweep(List<Integer> levels, List<RunResult> runs) {
        return result(
                levels.stream()
                        .map(level -> new Scenario(
                                "hot-" + level,
                                "Hot stock, %d in flight".formatted(level),
                                "hot",
                                null,
                                List.of(),
                                false,
                                1,
                                Map.of(),
                                List.of(),
                                100,
                                MixShares.ALL_ORDINARY,
                                new Load.Closed(level),
                                List.of(),
                                List.of()))
                        .toList(),
                List.of(),
                runs);
    }

    private static ExperimentResult result(
            List<Scenario> scenarios, List<Expectation> expectations, List<RunResult> runs) {
        Experiment experiment = new Experiment(
                "sample",
                "One against the other",
                "Which one? " + HOSTILE,
                Duration.ofSeconds(5),
                List.of(SAGA, WRONG),
                scenarios,
                EXTENT,
                EXTENT,
                expectations);
        return new ExperimentResult(
                experiment,
                "./run lab sample",
                "94fe776d",
                1,
                EXTENT,
                AT,
                new Machine(2, "4 GiB", "ext4", "Linux", "Java"),
                runs,
                false);
    }

    static RunResult run(Arm arm, long seed, double goodput, int violations, String... doubts) {
        List<Second> seconds = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            boolean broken = i >= 12 && i < 18;
            Double millis = broken ? null : 20.0 + i;
            seconds.add(new Second(
                    i,
                    20,
                    broken ? 0 : Math.round(goodput),
                    millis,
                    millis == null ? null : millis * 5,
                    broken ? 100 : 5,
                    arm == WRONG ? 3 : 0,
                    arm == WRONG ? 4.5 : 0,
                    7L,
                    arm == SAGA ? Map.of("CHARGE_PAYMENT", (long) i) : Map.of()));
        }
        Map<PhaseName, PhaseResult> phases = new EnumMap<>(PhaseName.class);
        for (PhaseName phase : List.of(PhaseName.BEFORE, PhaseName.DURING, PhaseName.AFTER)) {
            phases.put(phase, phase(phase, goodput));
        }
        List<Violation> broken = new ArrayList<>();
        for (int i = 0; i < violations; i++) {
            broken.add(new Violation("ledger balances", ORDER, "is off by " + i + HOSTILE));
        }
        return new RunResult(
                arm.name(),
                HOT.name(),
                seed,
                AT,
                phases,
                Map.of(
                        CustomerOutcome.CONFIRMED,
                        500L,
                        CustomerOutcome.COMPENSATED,
                        40L,
                        CustomerOutcome.FAILED,
                        3L,
                        CustomerOutcome.UNKNOWN,
                        (long) violations),
                seconds,
                phases.keySet().stream().collect(Collectors.toMap(phase -> phase, _ -> latency(violations))),
                latency(violations),
                0,
                List.of(
                        new OrderEnd(11, 25, CustomerOutcome.CONFIRMED),
                        new OrderEnd(13, 5_000, CustomerOutcome.COMPENSATED)),
                List.of(new FaultSpan("kill order-service", 12, 18, "gone")),
                broken,
                violations == 0
                        ? null
                        : new OrderHistory(
                                ORDER,
                                List.of(
                                        new OrderHistory.Line(AT, "client", "places it" + HOSTILE),
                                        new OrderHistory.Line(null, "payment", "CHARGED"))),
                arm == WRONG ? 4.5 : 0,
                arm == WRONG ? 7 : 0,
                phases.keySet().stream().collect(Collectors.toMap(phase -> phase, _ -> goodput)),
                new Recovery(new Measured(3, Measured.Bound.EXACT, 0), 12.5),
                Map.of(),
                Map.of(),
                null,
                List.of(doubts));
    }

    static RunResult withoutRecovery(RunResult run) {
        return copy(run, run.scenario(), new Recovery(new Measured(20, Measured.Bound.AT_LEAST, 0), 200));
    }

    /** The run, with a number of orders in flight. */
    static RunResult level(RunResult run, int inFlight) {
        return copy(run, "hot-" + inFlight, run.recovery());
    }

    private static RunResult copy(RunResult run, String scenario, Recovery recovery) {
        return new RunResult(
                run.arm(),
                scenario,
                run.seed(),
                run.at(),
                run.phases(),
                run.outcomes(),
                run.seconds(),
                run.latencies(),
                run.latency(),
                run.wrongEnds(),
                run.ends(),
                run.faults(),
                run.violations(),
                run.history(),
                run.inDoubtSeconds(),
                run.inDoubtLocks(),
                run.goodput(),
                recovery,
                run.providerCalls(),
                run.productLoads(),
                run.ownership(),
                run.validityProblems());
    }

    /** @param unended of 200 orders */
    private static EndToEnd latency(int unended) {
        Measured p50 = new Measured(20, Measured.Bound.EXACT, 200);
        Measured p90 = new Measured(
                unended == 0 ? 80 : 30_000, unended == 0 ? Measured.Bound.EXACT : Measured.Bound.AT_LEAST, 200);
        return new EndToEnd(
                200,
                unended,
                p50,
                p90,
                null,
                null,
                List.of(new Percentile(0, 10), new Percentile(50, 20), new Percentile(90, p90.value())));
    }

    private static PhaseResult phase(PhaseName name, double goodput) {
        Latency latency = new Latency(200, 30, 25, 90, 150, 200);
        return new PhaseResult(
                new Phase(name.toString(), 20, Duration.ofSeconds(10)),
                Duration.ofSeconds(10),
                200,
                200,
                0,
                0,
                0,
                Map.of(OrderOutcome.CONFIRMED, 200L),
                Math.round(goodput * 10),
                latency,
                latency,
                latency,
                latency,
                List.of(1, 2, 3));
    }
}
