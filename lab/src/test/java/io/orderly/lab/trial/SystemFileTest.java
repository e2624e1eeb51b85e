package io.orderly.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.lab.experiment.Experiment.Load;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.InvalidExperimentException;
import io.orderly.lab.experiment.PlannedFault;
import io.orderly.lab.fault.Fault;
import io.orderly.lab.trial.ForeignSystem.ForeignProcess;
import io.orderly.lab.trial.ForeignSystem.Method;
import io.orderly.lab.trial.ForeignSystem.Scenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemFileTest {

    private static final String SOUND = """
            title: A shop
            processes:
              stock:
                command: [stock, --port, "${port.stock}"]
                ready: started
              shop:
                command: "${folder}/shop.sh"
                environment: {STOCK: "http://127.0.0.1:${link.stock}", DATA: "${data}"}
                links: {stock: "127.0.0.1:${port.stock}"}
                needs: stock
            orders:
              url: http://127.0.0.1:${port.shop}/api
              place:
                method: PUT
                path: /orders/${order.key}
                headers: {X-Number: "${n}"}
                body: '{"sku": "S-${n%3}", "quantity": ${n}}'
                id: order.id
                repeat-for: 2s
              end:
                path: /orders/${order.id}
                field: state
                right: [DONE, SHIPPED]
                wrong: FAILED
                every: 20ms
            invariants:
              no-loss:
                list: http://127.0.0.1:${port.shop}/lost
              no-debt:
                sql: select * from accounts where balance < 0;
                database: jdbc:postgresql://127.0.0.1:${port.stock}/shop
            phases: {warm-up: 1s, before: 2s, during: 4s, after: 3s, drain: 10s}
            scenarios:
              calm:
                orders-per-second: 2.5
              storm:
                in-flight: 4
                faults: [{fault: cut, link: shop->stock, after: 1s, for: 2s}]
            """;

    @TempDir
    private Path folder;

    @Test
    void readsEveryField() throws IOException {
        ForeignSystem system = SystemFile.read(write(SOUND));

        assertThat(system.name()).isEqualTo("test");
        assertThat(system.title()).isEqualTo("A shop");
        ForeignProcess stock = system.processes().getFirst();
        ForeignProcess shop = system.processes().getLast();
        assertThat(stock.command())
                .extracting(Template::text)
                .containsExactly("stock", "--port", Integer.toString(stock.port()));
        assertThat(shop.port()).isPositive().isNotEqualTo(stock.port());
        assertThat(shop.command()).containsExactly(new Template(folder + "/shop.sh"));
        assertThat(shop.environment())
                .isEqualTo(Map.of(
                        "STOCK", new Template("http://127.0.0.1:${link.stock}"), "DATA", new Template("${data}")));
        assertThat(shop.links()).isEqualTo(Map.of("stock", new InetSocketAddress("127.0.0.1", stock.port())));
        assertThat(shop.needs()).containsExactly("stock");

        Map<String, String> order = Map.of("n", "4", "order.key", "k-4", "order.id", "17");
        assertThat(system.placement().method()).isEqualTo(Method.PUT);
        assertThat(system.placement().address().with(order).text())
                .isEqualTo("http://127.0.0.1:%d/api/orders/k-4".formatted(shop.port()));
        assertThat(system.placement().headers().get("X-Number").with(order).text())
                .isEqualTo("4");
        assertThat(system.placement().body().with(order).text()).isEqualTo("{\"sku\": \"S-1\", \"quantity\": 4}");
        assertThat(system.placement().id()).isEqualTo("order.id");
        assertThat(system.placement().repeatFor()).isEqualTo(Duration.ofSeconds(2));
        assertThat(system.ending().address().with(order).text()).endsWith("/api/orders/17");
        assertThat(system.ending().field()).isEqualTo("state");
        assertThat(system.ending().right()).containsExactlyInAnyOrder("DONE", "SHIPPED");
        assertThat(system.ending().wrong()).containsExactly("FAILED");
        assertThat(system.ending().every()).isEqualTo(Duration.ofMillis(20));

        assertThat(system.invariants())
                .containsExactly(
                        new Invariant.Listing("no-loss", URI.create("http://127.0.0.1:%d/lost".formatted(shop.port()))),
                        new Invariant.Query(
                                "no-debt",
                                "jdbc:postgresql://127.0.0.1:%d/shop".formatted(stock.port()),
                                "select * from accounts where balance < 0;"));
        assertThat(system.lastingOf(PhaseName.AFTER)).isEqualTo(Duration.ofSeconds(3));
        assertThat(system.lastingOf(PhaseName.DRAIN)).isEqualTo(Duration.ofSeconds(10));
        assertThat(system.scenarios())
                .containsExactly(
                        new Scenario("calm", new Load.Open(2.5), List.of()),
                        new Scenario(
                                "storm",
                                new Load.Closed(4),
                                List.of(new PlannedFault(
                                        new Fault.Cut("shop->stock", null),
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(2)))));
    }

    @Test
    void fieldsThatAreMissingHaveDefaults() throws IOException {
        ForeignSystem system = SystemFile.read(write(SOUND.replace("    method: PUT\n", "")
                .replace("    id: order.id\n", "")
                .replace("    repeat-for: 2s\n", "")
                .replace("    wrong: FAILED\n", "")
                .replace("    every: 20ms\n", "")));
        assertThat(system.placement().method()).isEqualTo(Method.POST);
        assertThat(system.placement().id()).isNull();
        assertThat(system.placement().repeatFor()).isZero();
        assertThat(system.ending().wrong()).isEmpty();
        assertThat(system.ending().every()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aSelectionHasTheScenariosThatItNames() throws IOException {
        ForeignSystem system = SystemFile.read(write(SOUND));
        assertThat(system.with(List.of("storm")).scenarios())
                .extracting(Scenario::name)
                .containsExactly("storm");
        assertThatThrownBy(() -> system.with(List.of("storm", "fog")))
                .isInstanceOf(InvalidExperimentException.class)
                .hasMessage("test has not all of the scenarios [storm, fog]; known are [calm, storm]");
    }

    /** A text and its replacement, the line of the error, and its message. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            title: A shop              | titel: A shop                 | 1  | titel is not a known field
            title: A shop              | 'title: " "'                  | 1  | title should be text
            command: [stock            | comand: [stock                | 4  | processes.stock.comand is not a known field
            command: [stock            | comand: [stock                | 3  | processes.stock.command is missing
            '[stock, --port, "${port.stock}"]' | []                    | 4  | processes.stock.command is missing or empty
            --port,                    | 8080,                         | 4  | processes.stock.command[1] should be text, and is 8080
            '${port.stock}"]'          | '${port.stok}"]'              | 4  | processes.stock.command[2] has the unknown placeholder ${port.stok}; there are data, folder, port.shop, port.stock
            '${port.stock}"]'          | '${order.key}"]'              | 4  | processes.stock.command[2] has the unknown placeholder ${order.key}
            ready: started             | ready: soon                   | 5  | processes.stock.ready should be a path such as /health, or started
            ready: started             | ready: //health               | 5  | processes.stock.ready should be a path
            ready: started             | port: 0                       | 5  | processes.stock.port should be at least 1, and is 0
            ready: started             | port: 65536                   | 5  | processes.stock.port should be at most 65535, and is 65536
            ready: started             | needs: shop                   | 5  | processes.stock.needs should name processes that are described before it, and names shop
            needs: stock               | needs: [stock, shop]          | 10 | processes.shop.needs should name processes that are described before it, and names shop
            '  shop:'                  | '  Shop:'                     | 6  | processes.Shop should be named with small letters, digits and hyphens
            '${link.stock}'            | '${link.stocks}'              | 8  | processes.shop.environment.STOCK has the unknown placeholder ${link.stocks}; there are data, folder, link.stock, port.shop, port.stock
            '"${data}"'                | 5                             | 8  | processes.shop.environment.DATA should be text, and is 5
            '"127.0.0.1:${port.stock}"' | '"${port.stock}"'            | 9  | processes.shop.links.stock should be host:port
            '"127.0.0.1:${port.stock}"' | '"127.0.0.1:0"'              | 9  | processes.shop.links.stock should have a port from 1 to 65535, and is 127.0.0.1:0
            '"127.0.0.1:${port.stock}"' | '"127.0.0.1:${data}"'        | 9  | processes.shop.links.stock has the unknown placeholder ${data}
            '"127.0.0.1:${port.stock}"' | '"[nonsense]:80"'           | 9  | processes.shop.links.stock has an unknown host: [nonsense]
            '{stock: "127'             | '{the stock: "127'            | 9  | processes.shop.links.the stock should be named with small letters
            url: http://127.0.0.1      | url: ftp://127.0.0.1          | 12 | orders.url should be an HTTP address: invalid URI scheme ftp
            url: http://127.0.0.1:${port.shop}/api | 'url: "http://one two"' | 12 | orders.url should be an HTTP address: Illegal character
            method: PUT                | method: GET                   | 14 | orders.place.method is unknown: GET; there are POST, PUT
            path: /orders/${order.key} | path: orders                  | 15 | orders.place.path should begin with /, and is orders
            path: /orders/${order.key} | path: /orders/${order.id}     | 15 | orders.place.path has the unknown placeholder ${order.id}
            path: /orders/${order.key} | 'path: "/orders of today"'    | 15 | orders.place.path should be an HTTP address: Illegal character
            X-Number                   | Host                          | 16 | orders.place.headers.Host is refused: restricted header name
            X-Number                   | 'X Number'                    | 16 | orders.place.headers.X Number is refused: invalid header name
            'quantity": ${n}}'         | 'quantity": ${n}'             | 17 | orders.place.body should be JSON, and is with the values of an order {"sku": "S-0", "quantity": 0
            'quantity": ${n}}'         | 'quantity": ${order.key}}'    | 17 | orders.place.body should be JSON
            'quantity": ${n}}'         | 'quantity": ${n}} {}'         | 17 | orders.place.body should be JSON
            'quantity": ${n}}'         | 'quantity": ${m}}'            | 17 | orders.place.body has the unknown placeholder ${m}
            '${n%3}'                   | '${n%0}'                      | 17 | orders.place.body has the unknown placeholder ${n%0}
            repeat-for: 2s             | repeat-for: forever           | 19 | orders.place.repeat-for should be a duration
            path: /orders/${order.id}  | path: orders                  | 21 | orders.end.path should begin with /
            field: state               | '# none'                      | 20 | orders.end.field is missing
            '[DONE, SHIPPED]'          | []                            | 23 | orders.end.right is missing or empty
            '[DONE, SHIPPED]'          | '[true]'                      | 23 | orders.end.right[0] should be text, and is true
            wrong: FAILED              | wrong: DONE                   | 24 | orders.end.wrong should not have a state that is right
            every: 20ms                | every: 1ms                    | 25 | orders.end.every should be at least 10 ms
            list: http                 | lists: http                   | 28 | invariants.no-loss.lists is not a known field
            list: http                 | lists: http                   | 27 | invariants.no-loss should have either sql or list
            list: http                 | list: ftp                     | 28 | invariants.no-loss.list should be an HTTP address
            ${port.shop}/lost          | ${port.shop}/${n}             | 28 | invariants.no-loss.list has the unknown placeholder ${n}
            sql: select                | sql: delete from x; select    | 30 | invariants.no-debt.sql should be a single query that begins with SELECT or WITH
            sql: select                | sql: select 1; delete         | 30 | invariants.no-debt.sql should be a single query
            sql: select                | sql: selection                | 30 | invariants.no-debt.sql should be a single query
            sql: select                | sql: --                       | 30 | invariants.no-debt.sql should be a single query
            jdbc:postgresql:           | jdbc:unknown:                 | 31 | invariants.no-debt.database should be a JDBC URL of PostgreSQL
            'database: jdbc:'          | '# '                          | 29 | invariants.no-debt should have the database of its sql
            'sql: select'              | 'list: http://x/y # '         | 29 | invariants.no-debt should have sql for its database
            drain: 10s                 | drain: 10                     | 32 | phases.drain should be a duration
            drain: 10s                 | drain: 999ms                  | 32 | phases.drain should be at least 1000 ms
            ', drain: 10s'             | ''                            | 32 | phases.drain is missing
            orders-per-second: 2.5     | orders-per-second: 0          | 35 | scenarios.calm.orders-per-second should be at least 0.1, and is 0
            orders-per-second: 2.5     | faults: []                    | 34 | scenarios.calm should have either orders-per-second or in-flight
            in-flight: 4               | in-flight: 0                  | 37 | scenarios.storm.in-flight should be at least 1, and is 0
            in-flight: 4               | 'in-flight: 4, orders-per-second: 5' | 37 | is not YAML
            fault: cut, link: shop->stock | fault: melt, process: shop | 38 | scenarios.storm.faults[0].fault must be one of kill, pause, restart,
            fault: cut, link: shop->stock | 'fault: crash, service: shop, point: here' | 38 | scenarios.storm.faults[0].fault must be one of kill, pause, restart,
            fault: cut, link: shop->stock | fault: outage, process: shop | 38 | scenarios.storm.faults[0].fault must be one of kill, pause, restart,
            fault: cut, link: shop->stock | process: shop              | 38 | scenarios.storm.faults[0].fault must be one of kill, pause, restart,
            fault: cut, link: shop->stock | fault: kill, process: shops | 38 | scenarios.storm.faults[0].process is unknown: shops; there are stock, shop
            fault: cut, link: shop->stock | fault: cut, link: stock->shop | 38 | scenarios.storm.faults[0].link is unknown: stock->shop; there are shop->stock
            fault: cut, link: shop->stock | fault: latency, link: shop->stock | 38 | scenarios.storm.faults[0].delayMillis is missing
            after: 1s, for: 2s         | 'after: 1s, for: 4s'                       | 38 | scenarios.storm.faults[0].for should end within the phase during, which lasts 4000 ms
            """)
    void namesTheLineTheFieldAndTheProblem(String sound, String broken, int line, String problem) throws IOException {
        assertThat(SOUND).contains(sound);
        assertProblem(SOUND.replaceFirst(Pattern.quote(sound), Matcher.quoteReplacement(broken)), line, problem);
    }

    @Test
    void aPortIsFreeAndOfOneProcess() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertProblem(
                    SOUND.replace("ready: started", "port: " + other.getLocalPort()),
                    5,
                    "processes.stock.port is in use: " + other.getLocalPort());
        }
        assertProblem(
                SOUND.replace("ready: started", "port: 29999").replace("needs: stock", "port: 29999"),
                10,
                "processes.shop.port is that of another process: 29999");
    }

    @Test
    void reportsAllProblemsInOneReadingAndEachOnce() throws IOException {
        Path file = write(SOUND.replace("ready: started", "ready: soon")
                .replace("${link.stock}", "${link.stocks}")
                .replace("method: PUT", "method: GET")
                .replace("for: 2s", "for: 4s"));
        assertThatThrownBy(() -> SystemFile.read(file))
                .isInstanceOfSatisfying(
                        InvalidExperimentException.class,
                        invalid -> assertThat(invalid.problems())
                                .extracting(problem -> problem.replaceAll("^.*:([0-9]+): .*", "$1"))
                                .containsExactly("5", "8", "14", "38"));
    }

    @Test
    void theShopOfTheDocumentIsValid() {
        assertThat(SystemFile.read(Path.of("src/test/resources/systems/shop.yaml"))
                        .scenarios())
                .hasSize(1);
    }

    private void assertProblem(String text, int line, String problem) throws IOException {
        Path file = write(text);
        assertThatThrownBy(() -> SystemFile.read(file))
                .isInstanceOfSatisfying(
                        InvalidExperimentException.class,
                        invalid -> assertThat(invalid.problems())
                                .anySatisfy(each -> assertThat(each)
                                        .startsWith(file + ":" + line + ": ")
                                        .contains(problem)));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("test.yaml"), text);
    }
}
