package io.orderly.gateway.routing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.servlet.ServletContextInitializer;

/** Creates a web server that listens at the ports of the routes as well, with the same settings and limits as at its own port. */
public final class RoutesWebServerFactory extends TomcatServletWebServerFactory {

    private final List<Route> routes;
    private final Map<Route, Connector> connectors = new LinkedHashMap<>();

    public RoutesWebServerFactory(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    @Override
    public WebServer getWebServer(ServletContextInitializer... initializers) {
        routes.forEach(route -> connectors.put(route, connector(route)));
        connectors.values().forEach(this::addAdditionalConnectors);
        return super.getWebServer(initializers);
    }

    private Connector connector(Route route) {
        Connector connector = new Connector(getProtocol());
        connector.setThrowOnFailure(true);
        customizeConnector(connector);
        connector.setPort(route.port());
        return connector;
    }

    /** The service whose requests arrive at this port; empty if it is no port of a route. */
    public Optional<String> serviceAt(int port) {
        return connectors.entrySet().stream()
                .filter(entry -> entry.getValue().getLocalPort() == port)
                .map(entry -> entry.getKey().service())
                .findAny();
    }

    /** The ports by service, in the order of the configuration; none before the web server was created. */
    public Map<String, Integer> ports() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        connectors.forEach((route, connector) -> ports.put(route.service(), connector.getLocalPort()));
        return ports;
    }
}
