package gauges;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.web.bind.annotation.GetMapping;

class Gauge {
    long id;
}

class Reading {
    long id;
    long weather;
}

class Weather {
    long id;
}

interface GaugeRepository extends JpaRepository<Gauge, Long> {
    List<Gauge> findAllByRiver(long river);
}

interface ReadingRepository extends JpaRepository<Reading, Long> {
    List<Reading> findAllByGaugeBetween(long gauge, Date from, Date to);

    long countByGaugeBetween(long gauge, Date from, Date to);
}

interface WeatherRepository extends JpaRepository<Weather, Long> {}

class Gauges {
    private final GaugeRepository gauges;
    private final ReadingRepository readings;
    private final WeatherRepository weathers;

    Gauges(GaugeRepository gauges, ReadingRepository readings, WeatherRepository weathers) {
        this.gauges = gauges;
        this.readings = readings;
        this.weathers = weathers;
    }

    // The rows of each weigh more than asking for them.
    @GetMapping("/report")
    List<Reading> report(Date from, Date to) {
        List<Reading> found = new ArrayList<>();
        for (Gauge gauge : gauges.findAll()) {
            found.addAll(readings.findAllByGaugeBetween(gauge.id, from, to)); // want-info "What each has of a span of time is read, which is more than the round trip\.$"
        }
        return found;
    }

    // A figure for each is the round trip alone.
    @GetMapping("/counts")
    List<Long> counts(Date from, Date to) {
        List<Long> found = new ArrayList<>();
        for (Gauge gauge : gauges.findAll()) {
            found.add(readings.countByGaugeBetween(gauge.id, from, to)); // want "each of `this.gauges.findAll\(\)` × 1 database read\.$"
        }
        return found;
    }

    // One reading after the other is worse than one gauge after the other, and told.
    @GetMapping("/weather")
    List<Weather> weather(Date from, Date to) {
        List<Weather> found = new ArrayList<>();
        for (Gauge gauge : gauges.findAll()) {
            for (Reading reading : readings.findAllByGaugeBetween(gauge.id, from, to)) {
                if (reading.weather > 0) {
                    found.add(weathers.findById(reading.weather).get()); // want "each of `this.gauges.findAll\(\)` × each of `this.readings.findAllByGaugeBetween\(.*\)` × 1 database read\.$"
                }
            }
        }
        return found;
    }

    // What is given by pages as well may be many, though it is that of one river.
    @GetMapping("/river")
    List<Reading> ofRiver(long river) {
        List<Reading> found = new ArrayList<>();
        for (Gauge gauge : gauges.findAllByRiver(river)) {
            found.add(readings.findById(gauge.id).get()); // want "each of `this.gauges.findAllByRiver\(river\)` × 1 database read\.$"
        }
        return found;
    }

    @GetMapping("/river/page")
    List<Gauge> ofRiver(long river, Pageable page) {
        return gauges.findAllByRiver(river).subList((int) page.getOffset(), page.getPageSize());
    }

    @GetMapping("/stream")
    List<Reading> ofStream(long river) {
        List<Reading> found = new ArrayList<>();
        for (Gauge gauge : gauges.findAllByRiver(river)) {
            found.add(readings.findById(gauge.id).get()); // want-info "They belong to one thing that was looked up, which seldom has many\.$"
        }
        return found;
    }
}
