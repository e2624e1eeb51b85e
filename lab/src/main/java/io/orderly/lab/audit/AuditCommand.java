package io.orderly.lab.audit;

import io.orderly.lab.evidence.EvidenceSources;
import io.orderly.lab.evidence.PendingWork;
import io.orderly.lab.load.Journal;
import io.orderly.lab.load.JournalEntry;
import io.orderly.stack.Ports;
import io.orderly.stack.Topology;
import io.orderly.stack.process.PortCheck;
import io.orderly.stack.process.ProcessFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code ./run audit}: audits a running system. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = AuditCommand.UNREADABLE,
        description = {
            "Checks the databases, the topics and the payment provider's book of a running system against the invariants. "
                    + "While orders are in flight, only invariants that hold at any time are checked.",
            "Foreign records, which were not written by a service, are reported with topic, partition and offset. They are not "
                    + "violations: any client of the broker can write them.",
            "Exits with 0 if there is no violation, with 1 if there is one, with 3 if there is none but not all invariants "
                    + "could be checked, and with 4 if a database, the broker, the provider or the journal could not be read."
        })
public final class AuditCommand implements Callable<Integer> {

    private static final int VIOLATED = 1;
    private static final int PARTLY_CHECKED = 3;
    static final int UNREADABLE = 4;

    private static final Duration LONGEST_PENDING = Duration.ofMinutes(1);

    @Option(
            names = "--journal",
            paramLabel = "<file>",
            description =
                    "journal of client requests and responses, as written by the lab; without it, invariants about them are not checked")
    private @Nullable Path journal;

    @Option(
            names = "--patience",
            paramLabel = "<seconds>",
            defaultValue = "10",
            description = "how long to wait until no work is pending; default ${DEFAULT-VALUE}")
    private int patienceSeconds;

    @Mixin
    private Ports ports = new Ports();

    @Override
    public Integer call() throws InterruptedException {
        List<JournalEntry> entries = journal == null ? List.of() : Journal.read(journal);
        EvidenceSources sources = EvidenceSources.of(ports.postgresql(), ports.kafka(), Topology.url(ports.provider()));
        requireListener("PostgreSQL", ports.postgresql());
        PendingWork unfinished = PendingWork.awaitNone(sources, Duration.ofSeconds(patienceSeconds));
        if (unfinished.isEmpty()) {
            requireListener("Kafka", ports.kafka());
            requireListener("the payment provider", ports.provider());
            AuditReport report = Audit.of(sources.gather(entries));
            System.out.print(report);
            return report.isClean() ? 0 : VIOLATED;
        }
        AuditReport report = Audit.ofRunningSystem(sources.gatherDatabases());
        System.out.printf(
                "There is pending work (%s), so only invariants that hold at any time are checked.%n%s",
                unfinished, report);
        return report.isClean() ? PARTLY_CHECKED : VIOLATED;
    }

    /**
     * Audits a system that receives no orders any more, without a journal.
     *
     * @return the report
     * @throws ProcessFailure if work remains pending, or an invariant does not hold
     */
    public static String requireClean(Ports ports) throws InterruptedException {
        EvidenceSources sources = EvidenceSources.of(ports.postgresql(), ports.kafka(), Topology.url(ports.provider()));
        PendingWork unfinished = PendingWork.awaitNone(sources, LONGEST_PENDING);
        if (!unfinished.isEmpty()) {
            throw new ProcessFailure("work remains pending: " + unfinished);
        }
        AuditReport report = Audit.of(sources.gather(List.of()));
        if (!report.isClean()) {
            throw new ProcessFailure("the data contradict each other:%n%s".formatted(report));
        }
        return report.toString();
    }

    private static void requireListener(String who, int port) {
        if (!PortCheck.isInUse(port)) {
            throw new ProcessFailure(
                    "%s does not listen on port %d: is a system running? ./run starts a system; --help lists the options for other ports"
                            .formatted(who, port));
        }
    }
}
