package io.orderly.console;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.console.order.TopicRecord;
import io.orderly.console.stream.PageStreams;
import io.orderly.console.system.SystemPoller;
import io.orderly.console.system.SystemView;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A console that gets records from the test, and not from a broker: none listens at the port that it knows. */
final class TestConsole implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    /** @param port 0 for any free port */
    TestConsole(String services, int port, String... more) {
        this(InstantSource.system(), services, port, more);
    }

    /** @param clock by which lessons wait */
    TestConsole(InstantSource clock, String services, int port, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--orderly.console.kafka=127.0.0.1:1",
                "--orderly.console.intervals.system=500ms",
                "--orderly.console.intervals.faults=250ms",
                "--orderly.console.intervals.heartbeat=500ms",
                "--orderly.console.services.order=" + services,
                "--orderly.console.services.inventory=" + services,
                "--orderly.console.services.payment=" + services,
                "--orderly.console.services.shipping=" + services,
                "--orderly.console.provider=" + services,
                "--orderly.console.coordinators=" + services));
        for (String argument : more) {
            // a repeated argument would add to the first one
            arguments.removeIf(known -> known.startsWith(argument.substring(0, argument.indexOf('=') + 1)));
            arguments.add(argument);
        }
        SpringApplication application = new SpringApplication(ConsoleApplication.class);
        application.addInitializers(starting -> {
            GenericApplicationContext beans = (GenericApplicationContext) starting;
            beans.registerBean(InstantSource.class, () -> clock);
            beans.registerBean(SmallBuffers.class);
        });
        context = application.run(arguments.toArray(String[]::new));
    }

    /** The buffers of the connection to a page that reads nothing are full soon. */
    private static final class SmallBuffers implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

        @Override
        public void customize(ConfigurableTomcatWebServerFactory factory) {
            factory.addConnectorCustomizers(
                    connector -> connector.setProperty("socket.txBufSize", Integer.toString(64 << 10)));
        }
    }

    int port() {
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    void read(List<TopicRecord> records) {
        records.forEach(this::read);
    }

    void read(TopicRecord record) {
        context.getBean(WatchedOrders.class).add(record, context.getBean(PageStreams.class)::changed);
    }

    /** Shows a state of the system from now on, and asks no process any more. */
    void show(SystemView system) {
        context.getBean(SystemPoller.class).close();
        context.getBean(PageStreams.class).changed(system);
    }

    /** How many orders it keeps. */
    int keptOrders() {
        return context.getBean(WatchedOrders.class).newest(Integer.MAX_VALUE).size();
    }

    MeterRegistry meters() {
        return context.getBean(MeterRegistry.class);
    }

    int openStreams() {
        return context.getBean(PageStreams.class).openStreams();
    }

    @Override
    public void close() {
        context.close();
    }
}
