package io.orderly.coordinator.compatibility;

import io.orderly.backends.FreePort;
import io.orderly.coordinator.client.Members;
import io.orderly.coordinator.member.CoordinatorApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Three members in this process, each an application with a folder and ports of its own, because a process takes longer to start.
 *
 * <p>Clients connect through relays. So a member that is killed breaks its connections before it is closed, and one that is paused answers
 * nothing, while its threads go on.
 */
final class MembersInProcess implements Members {

    private static final int SIZE = 3;

    private final Path folder;
    private final List<Integer> ports =
            Stream.generate(FreePort::find).distinct().limit(2 * SIZE).toList();
    private final List<Relay> relays = new ArrayList<>();
    private final List<ConfigurableApplicationContext> members = new ArrayList<>();

    /** @param folder for data */
    MembersInProcess(Path folder) throws IOException {
        this.folder = folder;
        for (int member = 0; member < SIZE; member++) {
            relays.add(new Relay(ports.get(member)));
        }
        IntStream.range(0, SIZE).forEach(member -> members.add(run(member)));
    }

    private ConfigurableApplicationContext run(int member) {
        List<String> settings = MemberCluster.settings(
                member,
                folder,
                ports.get(member),
                ports.subList(SIZE, 2 * SIZE),
                // so that a busy machine causes no elections
                "election-timeout=1s",
                "disk-timeout=5s",
                // the auto-configuration of the client is on the class path of this module
                "client.enabled=false");
        return new SpringApplicationBuilder(CoordinatorApplication.class)
                .registerShutdownHook(false)
                .run(settings.toArray(String[]::new));
    }

    @Override
    public List<String> endpoints() {
        return relays.stream().map(relay -> "127.0.0.1:" + relay.port()).toList();
    }

    @Override
    public void kill(int member) {
        relays.get(member).breakConnections();
        members.get(member).close();
    }

    @Override
    public void restart(int member) {
        members.set(member, run(member));
    }

    @Override
    public void pause() {
        relays.forEach(Relay::hold);
    }

    @Override
    public void resume() {
        relays.forEach(Relay::release);
    }

    @Override
    public void close() {
        relays.forEach(MembersInProcess::close);
        members.forEach(ConfigurableApplicationContext::close);
    }

    private static void close(Relay relay) {
        try {
            relay.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
