package io.orderly.lab.torture;

import io.orderly.lab.experiment.PlannedFault;
import io.orderly.lab.fault.Effect;
import io.orderly.lab.fault.Fault;
import io.orderly.lab.fault.FaultInjectionException;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.fault.InjectedFault;
import io.orderly.lab.torture.TortureReport.FaultOutcome;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Executes a schedule of faults. A fault whose target is still affected by an earlier one, because a start took longer than planned, is
 * injected later; none is left out.
 */
final class Nemesis {

    private final FaultInjector faults;
    private final ProcessKiller killer;
    private final ProcessRestarter restarter;
    private final Duration patience;
    private final PrintStream out;
    private final Semaphore atOnce = new Semaphore(NemesisSchedule.MOST_AT_ONCE, true);
    private final Map<String, Semaphore> targets = new ConcurrentHashMap<>();
    private final List<FaultOutcome> outcomes = new CopyOnWriteArrayList<>();

    /**
     * @param killer kills processes and starts them again; all other faults are injected by {@code faults}
     * @param restarter starts processes that have ended because of another fault
     * @param patience the maximum wait for the start of a process
     */
    Nemesis(
            FaultInjector faults,
            ProcessKiller killer,
            ProcessRestarter restarter,
            Duration patience,
            PrintStream out) {
        this.faults = faults;
        this.killer = killer;
        this.restarter = restarter;
        this.patience = patience;
        this.out = out;
    }

    /** Returns when all faults have ended. */
    void execute(NemesisSchedule schedule) throws InterruptedException {
        long beginNanos = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (PlannedFault planned : schedule.faults()) {
            long waitNanos = beginNanos + planned.after().toNanos() - System.nanoTime();
            Thread.sleep(Duration.ofNanos(Math.max(0, waitNanos)));
            List<Semaphore> turn = turnOf(planned.fault());
            for (Semaphore each : turn) {
                each.acquire();
            }
            threads.add(Thread.ofPlatform().name(planned.title()).start(() -> {
                try {
                    execute(planned);
                } finally {
                    turn.forEach(Semaphore::release);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        faults.healAll();
    }

    /** The results so far, in the order of their ends. */
    List<FaultOutcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** What has to be free before the fault. All faults acquire in the order of names, by one thread. */
    private List<Semaphore> turnOf(Fault fault) {
        List<Semaphore> turn = new ArrayList<>();
        NemesisSchedule.affected(fault).stream()
                .sorted(Comparator.naturalOrder())
                .forEach(name -> turn.add(targets.computeIfAbsent(name, _ -> new Semaphore(1))));
        turn.add(atOnce);
        return turn;
    }

    private void execute(PlannedFault planned) {
        String title = NemesisSchedule.describe(planned.fault());
        Effect effect;
        try {
            effect = switch (planned.fault()) {
                case Fault.Kill(String process) -> kill(process, planned.lasting());
                case Fault.FullDisk(String process)
                when NemesisSchedule.endsProcess(planned.fault()) -> injectAndRestart(planned, title, process);
                default -> inject(planned, title);
            };
        } catch (FaultInjectionException e) {
            effect = new Effect(false, "%s%s".formatted(e.field() == null ? "" : e.field() + " ", e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            effect = new Effect(false, "interrupted");
        }
        outcomes.add(new FaultOutcome(
                planned.fault().kind(), title, planned.after(), planned.lasting(), effect.tookEffect(), effect.seen()));
        say("%s ended: %s".formatted(title, effect.seen()));
    }

    private Effect inject(PlannedFault planned, String title) throws InterruptedException {
        say("%s for %.1f s".formatted(title, planned.lasting().toMillis() / 1e3));
        InjectedFault injected = faults.inject(planned.fault());
        try {
            Thread.sleep(planned.lasting());
            return injected.verifyTookEffect();
        } finally {
            injected.heal();
        }
    }

    /** For a fault that ends its process: starts it again after the fault. */
    private Effect injectAndRestart(PlannedFault planned, String title, String process) throws InterruptedException {
        restarter.faultBegins(process);
        try {
            return inject(planned, title);
        } finally {
            CountDownLatch ready = new CountDownLatch(1);
            restarter.restartAfterFault(process, ready::countDown);
            if (!ready.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                say(process + " is not ready again");
            }
        }
    }

    private Effect kill(String name, Duration downtime) throws InterruptedException {
        String process = faults.process(name).name();
        Optional<CompletableFuture<Long>> ready = killer.kill(process, downtime);
        if (ready.isEmpty()) {
            return new Effect(false, process + " was not up");
        }
        try {
            ready.get().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return new Effect(true, process + " is ready again");
        } catch (TimeoutException | ExecutionException e) {
            return new Effect(true, process + " is not ready again");
        }
    }

    private void say(String line) {
        out.printf("%s  %s%n", LocalTime.now().truncatedTo(ChronoUnit.MILLIS), line);
    }
}
