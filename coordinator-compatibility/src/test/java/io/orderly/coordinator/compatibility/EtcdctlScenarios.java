package io.orderly.coordinator.compatibility;

import static io.orderly.coordinator.compatibility.Scenario.brief;
import static io.orderly.coordinator.compatibility.Scenario.lengthy;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The command line of etcd. */
final class EtcdctlScenarios {

    private static final Pattern LEASE = Pattern.compile("lease ([0-9a-f]{1,16}) granted");

    private EtcdctlScenarios() {}

    static List<Scenario> all() {
        return List.of(
                brief("etcdctl/kv", EtcdctlScenarios::kv),
                brief("etcdctl/txn", EtcdctlScenarios::transactions),
                brief("etcdctl/watch", EtcdctlScenarios::watches),
                brief("etcdctl/lease", EtcdctlScenarios::leases),
                brief("etcdctl/lock", EtcdctlScenarios::locks),
                brief("etcdctl/elect", EtcdctlScenarios::elections),
                brief("etcdctl/cluster", EtcdctlScenarios::cluster),
                lengthy("etcdctl/snapshot", EtcdctlScenarios::snapshots),
                lengthy("etcdctl/check", EtcdctlScenarios::checks));
    }

    private static void kv(Run run) throws Exception {
        run(run, "put", "put", run.name("a"), "1");
        run(run, "put with previous", "put", run.name("a"), "2", "--prev-kv");
        run(run, "get", "get", run.name("a"));
        json(run, "get as JSON", "get", run.name("a"));
        run(run, "get in hex", "get", run.name("a"), "--hex");
        run(run, "value only", "get", run.name("a"), "--print-value-only");
        run(run, "no such key", "get", run.name("x"));
        run(run, "put b", "put", run.name("b"), "0");
        run(run, "prefix", "get", run.name(""), "--prefix");
        run(run, "prefix, keys only", "get", run.name(""), "--prefix", "--keys-only");
        run(run, "sorted by value", "get", run.name(""), "--prefix", "--sort-by=VALUE", "--order=DESCEND");
        run(run, "limit", "get", run.name(""), "--prefix", "--limit=1");
        run(run, "serializable", "get", run.name("a"), "--consistency=s");
        run(run, "range", "get", run.name("a"), run.name("c"), "--keys-only");
        run(run, "future revision", "get", run.name("a"), "--rev=1000000");
        run(run, "unknown lease", "put", run.name("a"), "3", "--lease=1267");
        run(run, "no value to keep", "put", run.name("x"), "--ignore-value");
        run(run, "deleted with previous", "del", run.name("a"), "--prev-kv");
        run(run, "deleted by prefix", "del", run.name(""), "--prefix");
        run(run, "compaction of the future", "compaction", "1000000");
        run(run, "empty key", "put", "", "1");
    }

    private static void transactions(Run run) throws Exception {
        String create = """
                create("%1$s") = "0"

                put %1$s first
                get %1$s

                get %1$s

                """.formatted(run.name("a"));
        note(run, "first", start(run, "txn").input(create).result());
        note(run, "second", start(run, "txn").input(create).result());
        note(
                run,
                "duplicates",
                start(run, "txn").input("""

                put %1$s 1
                put %1$s 2


                """.formatted(run.name("a"))).result());
    }

    private static void watches(Run run) throws Exception {
        long revision = run.wire().revision();
        run(run, "first put", "put", run.name("a"), "1");
        try (Program watch = start(run, "watch", run.name("a"), "--rev=" + (revision + 1), "--prev-kv")) {
            lines(run, "past", watch, 3);
            run(run, "second put", "put", run.name("a"), "2");
            lines(run, "changed", watch, 5);
            run(run, "deletion", "del", run.name("a"));
            lines(run, "deleted", watch, 4);
        }
        try (Program watch = start(run, "watch", run.name(""), "--prefix", "--rev=" + (revision + 1), "-w=json")) {
            run.note("as JSON", Boolean.toString(watch.line().contains("\"Events\":[{\"kv\":{")));
        }
        run.wire().kv().compact(Requests.compact(revision + 2));
        try (Program watch = start(run, "watch", run.name("a"), "--rev=" + (revision + 1))) {
            note(run, "compacted", watch.result());
        }
    }

    private static void leases(Run run) throws Exception {
        Matcher granted =
                LEASE.matcher(start(run, "lease", "grant", "60").result().output());
        run.note("granted", Boolean.toString(granted.find()));
        run.placeholders().nameLease(Long.parseUnsignedLong(granted.group(1), 16), "lease");
        run(run, "put", "put", run.name("a"), "1", "--lease=" + granted.group(1));
        run.note(
                "time to live",
                start(run, "lease", "timetolive", granted.group(1), "--keys")
                        .result()
                        .output()
                        .replaceFirst("remaining\\(\\d+s\\)", "remaining"));
        run(run, "kept alive once", "lease", "keep-alive", "--once", granted.group(1));
        run(run, "unknown lease kept alive", "lease", "keep-alive", "--once", "1267");
        run(run, "revoked", "lease", "revoke", granted.group(1));
        run(run, "key is gone", "get", run.name("a"));
        run(run, "revoked again", "lease", "revoke", granted.group(1));
        run(run, "time to live of an unknown lease", "lease", "timetolive", "1267");
    }

    private static void locks(Run run) throws Exception {
        run(run, "with a command", "lock", run.name("lock"), "echo", "held");
        run(run, "command that fails", "lock", run.name("lock"), "false");
        try (Program first = start(run, "lock", run.name("lock"))) {
            run.note("first", withoutLease(first.line()));
            try (Program second = start(run, "lock", run.name("lock"))) {
                first.interrupt();
                run.note("second", withoutLease(second.line()));
                second.interrupt();
                run.note("end", Integer.toString(second.result().status()));
            }
        }
        run(run, "queue is empty", "get", run.name(""), "--prefix", "--keys-only");
    }

    private static void elections(Run run) throws Exception {
        try (Program first = start(run, "elect", run.name("election"), "one")) {
            run.note("elected", withoutLease(first.line()));
            run.note("value", first.line());
            try (Program listener = start(run, "elect", "--listen", run.name("election"))) {
                run.note("observed", withoutLease(listener.line()));
                run.note("observed value", listener.line());
            }
            first.interrupt();
            run.note("end", Integer.toString(first.result().status()));
        }
    }

    private static void cluster(Run run) throws Exception {
        String members = start(run, "member", "list").result().output().replace("\n", " | ");
        run.note(
                "members",
                Stream.of(run.cluster().identity().withoutMembers(members).split(" \\| "))
                        .sorted()
                        .collect(joining(" | ")));
        json(run, "members as JSON", "member", "list");
        Program.Result health = start(run, "endpoint", "health").result();
        run.note("health", (health.output() + health.errors()).strip().replaceFirst("took = .*", "took"));
        run(run, "no alarms", "alarm", "list");
        run(run, "defragmented", "defrag");
        if (run.cluster().ports().size() == 1) {
            run(run, "leadership for an unknown member", "move-leader", "1267");
        }
        run(run, "unknown member removed", "member", "remove", "1267");
        run.note("hash", start(run, "endpoint", "hashkv").result().output().replaceFirst("\\d+$", "hash"));
        run(run, "users", "user", "list");
        run(run, "auth enabled", "auth", "enable");
        Program.Result status = start(run, "endpoint", "status", "-w=json").result();
        run.json("status", status.output().replaceFirst("\"leader\":\\d+,", ""));
    }

    private static void snapshots(Run run) throws Exception {
        Path file = run.folder().resolve("snapshot.db");
        run.note(
                "saved",
                Integer.toString(
                        start(run, "snapshot", "save", file.toString()).result().status()));
        run.note("is not empty", Boolean.toString(Files.size(file) > 0));
        run.note(
                "understood by etcd",
                Integer.toString(start(run, "snapshot", "status", file.toString())
                        .result()
                        .status()));
    }

    private static void checks(Run run) throws Exception {
        run.note(
                "data scale",
                Integer.toString(start(run, "check", "datascale", "--load=s", "--prefix=" + run.name("scale/"))
                        .result()
                        .status()));
    }

    private static String withoutLease(String line) {
        return line.replaceFirst("/[0-9a-f]{10,16}$", "/lease");
    }

    private static void lines(Run run, String step, Program program, int count) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            lines.add(program.line());
        }
        run.note(step, String.join(" | ", lines));
    }

    static void run(Run run, String step, String... arguments) throws Exception {
        note(run, step, start(run, arguments).result());
    }

    private static void json(Run run, String step, String... arguments) throws Exception {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "-w=json";
        run.json(step, start(run, all).result().output());
    }

    static void note(Run run, String step, Program.Result result) {
        String errors = result.errors()
                .lines()
                // the log of the library has times and random names
                .filter(line -> !line.startsWith("{"))
                .collect(joining(" | "));
        String output = run.cluster().identity().withoutMembers(result.output().replace("\n", " | "));
        run.note(step, "exit %d: %s%s".formatted(result.status(), output, errors.isEmpty() ? "" : " (" + errors + ")"));
    }

    static Program start(Run run, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("etcdctl", "--endpoints=127.0.0.1:" + run.port(), "--command-timeout=10s"));
        command.addAll(List.of(arguments));
        return new Program(command, Map.of("ETCDCTL_API", "3"), run.folder());
    }
}
