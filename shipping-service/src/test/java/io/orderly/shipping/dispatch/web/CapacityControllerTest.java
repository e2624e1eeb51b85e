package io.orderly.shipping.dispatch.web;

import static io.orderly.kit.testing.ProblemAssert.assertInvalidRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.orderly.kit.testing.ControllerSlice;
import io.orderly.shipping.dispatch.BookableCapacity;
import io.orderly.shipping.dispatch.CapacityDay;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(CapacityController.class)
@Import(ControllerSlice.class)
class CapacityControllerTest {

    @Autowired
    MockMvcTester http;

    @MockitoBean
    BookableCapacity capacity;

    @Test
    void theDaysOfARegionAreShown() {
        CapacityDay day = mock(CapacityDay.class);
        when(day.region()).thenReturn("AT");
        when(day.day()).thenReturn(LocalDate.of(2026, 11, 24));
        when(day.slots()).thenReturn(5);
        when(day.booked()).thenReturn(2);
        when(capacity.of("AT")).thenReturn(Optional.of(List.of(day)));

        MvcTestResult result = http.get().uri("/capacity?region=AT").exchange();

        assertThat(result).hasStatusOk();
        assertThat(result).bodyJson().isStrictlyEqualTo("""
                [{"region":"AT","day":"2026-11-24","slots":5,"booked":2}]""");
    }

    @ParameterizedTest
    @CsvSource({"/capacity, region", "/capacity?region=AQ, region", "/capacity?region=AT&day=1, day"})
    void anInvalidParameterIsAProblemThatNamesIt(String path, String parameter) {
        when(capacity.of("AQ")).thenReturn(Optional.empty());

        assertInvalidRequest(http.get().uri(URI.create(path)).exchange(), parameter);
    }
}
