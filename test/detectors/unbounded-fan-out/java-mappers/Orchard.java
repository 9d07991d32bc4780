package orchard;

import java.util.List;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tk.mybatis.mapper.common.Mapper;

class Picker {
    String id;
    String mail;
}

class Ripening {
    String fruit;
    List<String> growers;
}

interface PickerMapper extends Mapper<Picker> {}

interface NoticeMapper extends Mapper<Notice> {
    int insertNotice(String picker, String fruit);
}

class Notices {
    private PickerMapper pickers;
    private NoticeMapper notices;
    private JavaMailSender mails;

    void tellPickers(String fruit) {
        List<Picker> picking;
        if (fruit.isEmpty()) {
            picking = pickers.selectAll();
        } else {
            picking = pickers.select(new Picker());
        }
        picking.forEach(picker -> {
            notices.insertNotice(picker.id, fruit); // want "Each request to `/ripe` makes 1 row \(`this.notices.insertNotice`\) for each of `picking`. None of four protections"
        });
    }

    void mailPickers(String fruit) {
        for (Picker picker : pickers.selectAll()) {
            mails.send(new SimpleMailMessage()); // want "sends 1 message \(`MailSender.send`\) for each of `this.pickers.selectAll\(\)`"
        }
    }

    void mailGrowers(List<String> growers) {
        for (String grower : growers) {
            mails.send(new SimpleMailMessage());
        }
    }
}

@RestController
class RipeningController {
    private static final int MAX_NAME = 40;

    private Notices notices;

    @PostMapping("/ripe")
    public void ripe(@RequestBody String fruit) {
        // A bound of the name, and not of the pickers.
        if (fruit.length() > MAX_NAME) {
            throw new IllegalArgumentException(fruit);
        }
        notices.tellPickers(fruit);
        notices.mailPickers(fruit);
    }

    @PostMapping("/ask")
    public void ask(@RequestBody Ripening ripening) {
        List<String> growers = ripening.growers;
        if (growers.size() > MAX_NAME) {
            throw new IllegalArgumentException(ripening.fruit);
        }
        notices.mailGrowers(growers);
    }
}
