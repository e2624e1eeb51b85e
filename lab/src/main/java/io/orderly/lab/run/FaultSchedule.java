package io.orderly.lab.run;

import io.orderly.lab.experiment.PlannedFault;
import io.orderly.lab.fault.Effect;
import io.orderly.lab.fault.FaultInjectionException;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.fault.InjectedFault;
import io.orderly.lab.run.RunResult.FaultSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/** Injects and heals faults according to a plan, and records whether each fault took effect. */
public final class FaultSchedule {

    private final List<PlannedFault> planned;
    private final Duration phase;
    private final FaultInjector faults;
    private final DoubleSupplier now;
    private final List<Thread> threads = new ArrayList<>();
    private final List<FaultSpan> spans = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();

    /**
     * @param phase how long the phase of the faults lasts
     * @param now the time in seconds since the start of the load
     */
    public FaultSchedule(List<PlannedFault> planned, Duration phase, FaultInjector faults, DoubleSupplier now) {
        this.planned = planned;
        this.phase = phase;
        this.faults = faults;
        this.now = now;
    }

    /** Starts the phase of faults. */
    public void begin() {
        planned.forEach(
                fault -> threads.add(Thread.ofPlatform().name(fault.title()).start(() -> execute(fault))));
    }

    /**
     * Waits until all faults are healed. If the thread is interrupted, the schedule is aborted and remaining faults are
     * left to {@link FaultInjector}.
     */
    public void healAll() {
        boolean interrupted = Thread.interrupted();
        if (interrupted) {
            threads.forEach(Thread::interrupt);
        }
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    threads.forEach(Thread::interrupt);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The faults that have ended. */
    public List<FaultSpan> spans() {
        return List.copyOf(spans);
    }

    /** The faults that could not be injected or had no effect. */
    public List<String> validityProblems() {
        return List.copyOf(problems);
    }

    private void execute(PlannedFault fault) {
        try {
            Thread.sleep(fault.after());
            double from = now.getAsDouble();
            InjectedFault injected = faults.inject(fault.fault());
            try {
                Thread.sleep(fault.lastingIn(phase));
                injected.heal();
            } finally {
                Effect effect = injected.verifyTookEffect();
                spans.add(new FaultSpan(fault.title(), from, now.getAsDouble(), effect.seen()));
                if (!effect.tookEffect()) {
                    problems.add("%s had no effect: %s".formatted(fault.title(), effect.seen()));
                }
            }
        } catch (InterruptedException early) {
            // the run is being aborted; FaultInjector heals the remaining faults
        } catch (FaultInjectionException e) {
            problems.add("%s: %s%s".formatted(fault.title(), e.field() == null ? "" : e.field() + " ", e.getMessage()));
        }
    }
}
