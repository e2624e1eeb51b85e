package io.orderly.lab.coordinator;

import io.orderly.coordinator.fault.FaultFile;
import io.orderly.stack.coordinator.Product;
import io.orderly.stack.launch.JavaCommand;
import io.orderly.stack.launch.ServicePrograms;
import io.orderly.stack.launch.SystemPlans;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Our coordinator, from the jar that the build has made. */
public final class OrderlyProgram implements ServerProgram {

    /** JVM options for measurements. The second compiler would take more than half of two processors in the first minute of a load. */
    public static final String BENCH_JVM = "-XX:+UseSerialGC -Xms256m -Xmx256m -XX:TieredStopAtLevel=1";

    /** JVM options for runs in which processes live for seconds: a quick start matters most. */
    public static final String SHORT_LIVED_JVM = "-XX:+UseSerialGC -Xmx192m -XX:TieredStopAtLevel=1";

    private static final String MODULE = "coordinator-server";
    private static final String FAULTS_MODULE = "coordinator-faults";

    private final Path jar;
    private final List<String> options;
    private final List<String> java;
    private final boolean hasFaults;

    /** @param java the command that starts a member, without its settings */
    private OrderlyProgram(Path jar, List<String> options, List<String> java, boolean hasFaults) {
        this.jar = jar;
        this.options = options;
        this.java = java;
        this.hasFaults = hasFaults;
    }

    /**
     * @param home the root of the repository, with all modules built
     * @param jvm JVM options, separated by spaces
     * @throws ProcessFailure if it is not built
     */
    public static OrderlyProgram of(Path home, String jvm) {
        Path jar = jar(home, MODULE, "-exec.jar");
        List<String> options = options(jvm);
        return new OrderlyProgram(jar, options, JavaCommand.jar(options, jar), false);
    }

    /**
     * Like {@link #of}, with the module of faults at the end of the class path.
     *
     * @param folder to unpack the program to; it is created if it does not exist
     */
    public static OrderlyProgram withFaults(Path home, String jvm, Path folder) {
        Path jar = jar(home, MODULE, "-exec.jar");
        List<String> options = options(jvm);
        List<String> java = ServicePrograms.unpack(
                        Map.of(MODULE, jar), List.of(faultsModule(home)), options, SystemPlans.libraries(home), folder)
                .command(MODULE);
        return new OrderlyProgram(jar, options, java, true);
    }

    /** The jar with which the clock and the disk of a member can be impaired. */
    public static Path faultsModule(Path home) {
        return jar(home, FAULTS_MODULE, ".jar");
    }

    private static List<String> options(String jvm) {
        List<String> options = new ArrayList<>(List.of(jvm.split(" ")));
        options.add("--enable-native-access=ALL-UNNAMED");
        return List.copyOf(options);
    }

    private static Path jar(Path home, String module, String suffix) {
        Path target = home.resolve(module).resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .findFirst()
                    .orElseThrow(() -> new ProcessFailure("the coordinator is not built: no jar in " + target));
        } catch (IOException e) {
            throw new ProcessFailure("the coordinator is not built: " + e.getMessage(), e);
        }
    }

    @Override
    public Product product() {
        return Product.ORDERLY;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("version", jar.getFileName().toString());
        settings.put("fsync", "before every answer (default)");
        settings.put("JVM of each member", String.join(" ", options));
        return settings;
    }

    @Override
    public boolean hasRoutePerPair() {
        return true;
    }

    @Override
    public List<String> command(MemberPorts self, List<MemberPorts> all, Path data, PeerRoutes routes) {
        List<String> command = new ArrayList<>(java);
        command.add(setting("cluster", "lab"));
        command.add(setting("id", Integer.toString(self.number())));
        command.add(setting("data", data.toString()));
        command.add(setting("members", ofEach(all.stream(), member -> "http://127.0.0.1:" + member.peer())));
        command.add(setting("peer-address", "127.0.0.1:" + self.peer()));
        command.add(setting(
                "peer-routes", ofEach(others(self, all), member -> "127.0.0.1:" + routes.port(self, member))));
        command.add(setting("api.port", Integer.toString(self.client())));
        command.add("--server.port=" + self.http());
        return command;
    }

    @Override
    public Optional<FaultFile> faults(Path data) {
        try {
            return hasFaults ? Optional.of(FaultFile.open(FaultFile.beside(data))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String setting(String name, String value) {
        return "--orderly.coordinator.%s=%s".formatted(name, value);
    }

    private static Stream<MemberPorts> others(MemberPorts self, List<MemberPorts> all) {
        return all.stream().filter(member -> !member.equals(self));
    }

    private static String ofEach(Stream<MemberPorts> members, Function<MemberPorts, String> address) {
        return members.map(member -> member.number() + "=" + address.apply(member))
                .collect(Collectors.joining(","));
    }

    @Override
    public Readiness readiness(MemberPorts self) {
        return Readiness.answering(URI.create("http://127.0.0.1:" + self.http() + "/actuator/health/readiness"));
    }
}
