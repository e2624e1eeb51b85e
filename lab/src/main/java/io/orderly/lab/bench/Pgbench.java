package io.orderly.lab.bench;

import io.orderly.backends.Database;
import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs PostgreSQL's benchmark {@code pgbench}. Its transactions with {@code -N} are one update, one select and one
 * insert, and a commit that waits for the flush of the write-ahead log.
 */
final class Pgbench {

    private static final int SCALE = 10;
    private static final Pattern RATE = Pattern.compile("^tps = ([0-9.]+)", Pattern.MULTILINE);
    private static final Pattern LATENCY = Pattern.compile("^latency average = ([0-9.]+) ms", Pattern.MULTILINE);

    private final Path program;
    private final Database database;

    /**
     * @param transactionsPerSecond of all clients in total
     * @param latencyMillis the average latency of a transaction
     */
    record Result(int clients, double transactionsPerSecond, double latencyMillis) {

        static Result of(int clients, String output) {
            return new Result(clients, number(RATE, output), number(LATENCY, output));
        }

        private static double number(Pattern pattern, String output) {
            Matcher matcher = pattern.matcher(output);
            if (!matcher.find()) {
                throw new ProcessFailure("unexpected output of pgbench:\n" + output);
            }
            return Double.parseDouble(matcher.group(1));
        }
    }

    /** @param database a database for exclusive use */
    Pgbench(Path program, Database database) {
        this.program = program;
        this.database = database;
    }

    /**
     * Finds the executable.
     *
     * @throws ProcessFailure if it is not installed; the message contains installation instructions
     */
    static Path find() {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            folders.add(Path.of(folder));
        }
        // Debian does not add this folder to PATH
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(Path.of("/usr/lib/postgresql"))) {
            versions.forEach(version -> folders.add(version.resolve("bin")));
        } catch (IOException notDebian) {
            // only PATH is searched
        }
        return folders.stream()
                .map(folder -> folder.resolve("pgbench"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new ProcessFailure("the yardstick, pgbench, is not installed; on Debian and Ubuntu: "
                        + "apt-get install postgresql-contrib, on macOS: brew install postgresql"));
    }

    /** Creates and fills pgbench's tables. */
    void prepare() throws IOException, InterruptedException {
        run("-i", "-q", "-s", Integer.toString(SCALE));
    }

    Result measure(int clients, int seconds) throws IOException, InterruptedException {
        String output = run(
                "-N",
                "-n",
                "-c",
                Integer.toString(clients),
                "-j",
                Integer.toString(Math.min(clients, 2)),
                "-T",
                Integer.toString(seconds));
        return Result.of(clients, output);
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        URI server = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-h", server.getHost(), "-p", Integer.toString(server.getPort())));
        command.addAll(List.of("-U", database.username(), server.getPath().substring(1)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", database.password());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new ProcessFailure(String.join(" ", command) + " failed:\n" + output);
        }
        return output;
    }
}
