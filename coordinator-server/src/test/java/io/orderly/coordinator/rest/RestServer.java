package io.orderly.coordinator.rest;

import io.orderly.coordinator.member.SingleMember;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST API and the services below it over a single member, on a real port. One server for all tests that extend this. */
@SpringBootTest(
        classes = RestServer.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            // the health groups of a member name indicators of parts that are not there
            "management.endpoint.health.validate-group-membership=false",
            "orderly.coordinator.api.port=0",
            "orderly.coordinator.auth.password-iterations=1000",
            "orderly.coordinator.rest.request-timeout=2s",
            "orderly.coordinator.rest.heartbeat=100ms",
            "orderly.coordinator.rest.max-event-streams=3",
        })
abstract class RestServer {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    @Autowired
    SingleMember member;

    @LocalServerPort
    int port;

    @EnableAutoConfiguration
    @ComponentScan({
        "io.orderly.coordinator.auth",
        "io.orderly.coordinator.machine",
        "io.orderly.coordinator.rest",
        "io.orderly.coordinator.gateway",
        "io.orderly.coordinator.etcd"
    })
    static class Application {

        @Bean
        SingleMember coordinator() {
            return new SingleMember();
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(TIMEOUT);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(with(request(path), headers));
    }

    HttpResponse<String> delete(String path, String... headers) throws IOException, InterruptedException {
        return send(with(request(path), headers).DELETE());
    }

    HttpResponse<String> put(String path, String json, String... headers) throws IOException, InterruptedException {
        return send(with(request(path), headers)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json)));
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }
}
