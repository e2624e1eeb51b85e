package io.orderly.shipping.dispatch.web;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.orderly.shipping.WebSlice;
import io.orderly.shipping.dispatch.BookableCapacity;
import io.orderly.shipping.dispatch.CapacityDay;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.context.WebApplicationContext;

@SpringBootTest(classes = {WebSlice.class, CapacityController.class})
class CapacityControllerTest {

    @MockitoBean
    BookableCapacity capacity;

    private RestTestClient http;

    @BeforeEach
    void connect(@Autowired WebApplicationContext context) {
        http = RestTestClient.bindToApplicationContext(context).build();
    }

    @Test
    void theDaysOfARegionAreShown() {
        CapacityDay day = mock(CapacityDay.class);
        when(day.region()).thenReturn("AT");
        when(day.day()).thenReturn(LocalDate.of(2026, 11, 24));
        when(day.slots()).thenReturn(5);
        when(day.booked()).thenReturn(2);
        when(capacity.of("AT")).thenReturn(Optional.of(List.of(day)));

        http.get()
                .uri("/capacity?region=AT")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("""
                [{"region":"AT","day":"2026-11-24","slots":5,"booked":2}]""");
    }

    @ParameterizedTest
    @CsvSource({"/capacity, region", "/capacity?region=AQ, region", "/capacity?region=AT&day=1, day"})
    void anInvalidParameterIsAProblemThatNamesIt(String path, String parameter) {
        when(capacity.of("AQ")).thenReturn(Optional.empty());

        http.get()
                .uri(URI.create(path))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/invalid-request")
                .jsonPath("$.errors[0].field")
                .isEqualTo(parameter);
    }
}
