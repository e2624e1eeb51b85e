package io.orderly.coordinator.compatibility;

import static io.orderly.coordinator.compatibility.Scenario.brief;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The package etcd3 for Node.js; its steps are in {@code src/test/node/scenarios.mjs}. */
final class NodeScenarios {

    private static final Path SOURCES = Path.of("src/test/node").toAbsolutePath();
    private static final Path INSTALLED = Path.of("target/node").toAbsolutePath();

    private NodeScenarios() {}

    static List<Scenario> all() {
        return Stream.of("kv", "txn", "watch", "lease", "lock", "election")
                .map(subject -> brief("etcd3/" + subject, run -> run(run, subject)))
                .toList();
    }

    /**
     * Installs the package as the lock file says.
     *
     * @return why that is impossible; empty if it is installed
     */
    static String install() throws IOException, InterruptedException {
        if (EtcdCluster.program("npm").isEmpty()) {
            return "No npm was found, so etcd3 was not run. On Debian: apt-get install npm.";
        }
        Files.createDirectories(INSTALLED);
        boolean isCurrent = true;
        for (String name : List.of("package.json", "package-lock.json", ".npmrc", "scenarios.mjs")) {
            Path installed = INSTALLED.resolve(name);
            isCurrent &= Files.exists(installed) && Files.mismatch(SOURCES.resolve(name), installed) < 0;
        }
        if (isCurrent && Files.isDirectory(INSTALLED.resolve("node_modules"))) {
            return "";
        }
        for (String name : List.of("package.json", "package-lock.json", ".npmrc")) {
            Files.copy(SOURCES.resolve(name), INSTALLED.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Program.Result result = new Program(
                        List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"), Map.of(), INSTALLED)
                .result();
        if (result.status() != 0) {
            return "npm ci failed, so etcd3 was not run: " + result.errors();
        }
        Files.copy(
                SOURCES.resolve("scenarios.mjs"),
                INSTALLED.resolve("scenarios.mjs"),
                StandardCopyOption.REPLACE_EXISTING);
        return "";
    }

    private static void run(Run run, String subject) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("node", INSTALLED.resolve("scenarios.mjs").toString()));
        command.addAll(List.of(subject, Integer.toString(run.port()), run.name("")));
        try (Program node = new Program(command, Map.of(), run.folder())) {
            Program.Result result = node.result();
            if (result.status() != 0) {
                throw new IllegalStateException(result.errors());
            }
            result.output().lines().forEach(line -> record(run, line));
        }
    }

    private static void record(Run run, String line) {
        JsonNode parts = JsonMapper.shared().readTree(line);
        if (parts.get(0).isNull()) {
            run.placeholders().nameLease(parts.get(1).asLong(), parts.get(2).asString());
        } else {
            run.json(parts.get(0).asString(), parts.get(1).toString());
        }
    }
}
