package main

import "strings"

// origin is a stock of personal names of one part of the world, as news
// agencies write them in English.
type origin struct {
	given, family []string
	// familyFirst says that the surname comes first ("Kim Min-jun").
	familyFirst bool
}

// origins returns the stocks of names that training texts are varied with.
func origins() []origin {
	return []origin{
		{ // Azerbaijani
			given: strings.Fields("Aydin Elchin Rashad Vugar Kamran Farid Nigar Leyla Gunel Sevinj Orkhan Tural Anar Elnur Ramin Samir " +
				"Zaur Murad Javid Emin Gular Aysel Narmin Fidan Shahin Khalid Natig Rovshan Elmar Ulvi Ziya Hikmat " +
				"Ogtay Mubariz Safar Fuad Parviz Mikayil Ceyhun Sahil Rəşad Günel Vüqar Aygün"),
			family: strings.Fields("Mammadov Aliyev Hasanov Huseynov Guliyev Ismayilov Mammadova Aliyeva Babayev Mustafayev Rzayev " +
				"Abbasov Jafarov Karimov Asadov Shahbazov Hajiyev Hajiyeva Sharifov Gasimov Valiyev Ahmadov Mirzayev " +
				"Bayramov Jabbarov Rustamov Orujov Nabiyev Pashayev Gurbanov Suleymanov Salimov Alakbarov Najafov " +
				"Seyidov Azimov Muradov Tagiyev Əliyev Məmmədov Hüseynova Mehdiyev Garayev"),
		},
		{ // Turkish
			given: strings.Fields("Mehmet Ahmet Mustafa Ayse Fatma Emine Hakan Murat Cem Kemal Selin Elif Zeynep Burak Yusuf Ismail " +
				"Omer Hulusi Mevlut Numan Binali Nihat Volkan Deniz Ebru Gokhan Serkan Ozgur Çağrı İbrahim Şükrü"),
			family: strings.Fields("Yilmaz Kaya Demir Celik Sahin Yildiz Ozturk Aydin Ozdemir Arslan Dogan Kilic Aslan Cetin Kara Koc " +
				"Kurt Ozkan Simsek Polat Erdem Akar Soylu Unal Bozdag Yıldırım Çavuşoğlu Şimşek Güler Kurtulmuş Tekin " +
				"Bulut Karaca Tuncer"),
		},
		{ // Georgian
			given: strings.Fields("Giorgi Nino Irakli Tamar Davit Levan Ketevan Zurab Mikheil Vakhtang Salome Maia Lasha Archil Nodar " +
				"Shalva Tengiz Natia Eka Nika Otar Temur Vano Gia Kakha Mamuka Tea Besik"),
			family: strings.Fields("Beridze Kapanadze Gelashvili Maisuradze Giorgadze Lomidze Tsiklauri Bolkvadze Kvaratskhelia " +
				"Khutsishvili Chkheidze Nozadze Tabatadze Jaliashvili Mchedlishvili Gogoladze Kobakhidze Papuashvili " +
				"Zourabichvili Japaridze Burjanadze Sturua Dolidze Kakabadze Abashidze Meladze"),
		},
		{ // Kazakh
			given: strings.Fields("Nursultan Yerlan Askar Daniyar Aigul Dinara Kairat Bakytzhan Marat Yermek Serik Gulnara Saule Timur " +
				"Alikhan Zhanar Kanat Roman Almas Azamat Berik Talgat Zhandos Olzhas Madina Aliya"),
			family: strings.Fields("Nurlanov Akhmetov Suleimenov Tokayev Sagintayev Mamin Abdrakhmanov Kassymov Tasmagambetov Idrissov " +
				"Bozumbayev Sklyar Smagulov Zhumabayev Ospanov Iskakov Serikov Utemuratov Kelimbetov Massimov " +
				"Shukeyev Nurpeisov Baimenov Zhakupov Dzhaksybekov Kulibayev"),
		},
		{ // Uzbek and Tajik
			given: strings.Fields("Shavkat Abdulla Otabek Dilshod Nodira Gulnora Jamshid Sardor Rustam Emomali Firdavs Zarina Sherzod " +
				"Bobur Akmal Ulugbek Saida Farrukh Davron Sirojiddin"),
			family: strings.Fields("Aripov Mirziyoyev Karimov Kamilov Norov Rahmonov Sharipov Umarov Rakhimov Yusupov Ganiev Khodjaev " +
				"Saidov Aslov Nazarov Azizov Tashkentov Mirzoev Kholiqov Sattorov Ismoilov"),
		},
		{ // Armenian
			given: strings.Fields("Armen Tigran Nikol Serzh Vardan Hayk Anahit Gohar Ruben Artur Karen Levon Gagik Hovik Zohrab Lilit " +
				"Narek Ararat Davit Suren"),
			family: strings.Fields("Sargsyan Petrosyan Hakobyan Grigoryan Harutyunyan Karapetyan Mkrtchyan Abrahamyan Mirzoyan Ghazaryan " +
				"Avetisyan Manukyan Khachatryan Gevorgyan Papikyan Hovhannisyan Danielyan Mnatsakanyan"),
		},
		{ // Slavic
			given: strings.Fields("Vladimir Sergei Dmitry Alexei Mikhail Olga Natalia Yelena Anatoly Viktor Andriy Oleksandr Petro " +
				"Yulia Iryna Maksim Pavel Igor Yevgeny Konstantin Svetlana Wojciech Katarzyna Marek Jiri Tomas Milos " +
				"Dragan Ivana Bojan Zoran"),
			family: strings.Fields("Ivanov Petrov Smirnov Kuznetsov Popov Sokolov Lebedev Novikov Morozov Orlova Volkova Shevchenko " +
				"Kovalenko Bondarenko Tkachenko Kravchuk Melnyk Lysenko Kowalski Nowak Wisniewska Novotny Dvorak " +
				"Horvat Jovanovic Petrovic Nikolic Markovic Dimitrov Georgieva Todorov Lukashevich"),
		},
		{ // Arabic
			given: strings.Fields("Mohammed Ahmed Ali Hassan Hussein Khalid Omar Abdullah Fatima Aisha Mariam Youssef Ibrahim Mahmoud " +
				"Tariq Faisal Saud Nasser Hamad Sultan Mansour Rania Layla Samir Walid Karim Mustafa Salman Bandar " +
				"Abdel-Fattah Abdulrahman"),
			family: strings.Fields("al-Masri al-Sabah al-Thani al-Saud al-Maktoum al-Abadi al-Jubeir al-Hariri Hariri Khalil Haddad " +
				"Mansour Saleh Nasser Hamdan Barakat Shukri al-Falih al-Otaiba Bin-Salem Suleiman Abdullah Zayed al- " +
				"Nahyan Benali Bouzid Chahed Mokhtar el-Sayed El-Baradei Aoun al-Zubaidi"),
		},
		{ // Persian
			given: strings.Fields("Hassan Mohammad Ali Javad Reza Mehdi Hossein Abbas Amir Saeed Bijan Masoumeh Zahra Shirin Ashraf " +
				"Hamid Abdullah Gul Najib Farhad"),
			family: strings.Fields("Rouhani Zarif Salehi Larijani Araghchi Rezaei Jahangiri Zanganeh Ghasemi Velayati Karimi Ahmadi " +
				"Hosseini Mousavi Ghani Karzai Atmar Rahimi Noorzai Tavakoli Shamkhani"),
		},
		{ // South Asian
			given: strings.Fields("Rajesh Suresh Anil Priya Sunita Narendra Arun Sushma Amit Imran Shahid Bilal Asif Ayesha Tahir " +
				"Nirmala Vikram Sanjay Ramesh Sheikh Khaleda Mahinda Chandrika Pushpa Nawaz"),
			family: strings.Fields("Sharma Patel Singh Gupta Kumar Reddy Iyer Chaudhry Khan Qureshi Malik Bhatt Mehta Joshi Nair Menon " +
				"Rao Desai Hossain Rahman Chowdhury Perera Fernando Wickremesinghe Rajapaksa Koirala Thapa Dahal " +
				"Abbasi"),
		},
		{ // African
			given: strings.Fields("Kwame Kofi Chinedu Ngozi Amina Thabo Sipho Jomo Uhuru Wanjiru Abiy Tesfaye Haile Mamadou Ousmane " +
				"Fatou Ibrahima Yoweri Joseph Emmanuel Grace Blessing Olusegun Babatunde Zainab"),
			family: strings.Fields("Mensah Owusu Okafor Okonkwo Adeyemi Balogun Dlamini Nkosi Mokoena Kamau Odhiambo Mwangi Otieno " +
				"Bekele Tadesse Kebede Diallo Traore Keita Diop Ndiaye Mugabe Museveni Kagame Nkurunziza Abubakar " +
				"Mutharika Chilufya"),
		},
		{ // Latin American and Iberian
			given: strings.Fields("José María Carlos Luis Ana Javier Miguel Jorge Rosa Pedro Juan Fernando Alejandra Diego Camila Luiz " +
				"João Paulo Dilma Rafael Andrés Evo Nicolás Cristina Ricardo"),
			family: strings.Fields("García Rodríguez Martínez Hernández López González Pérez Sánchez Ramírez Torres Flores Rivera Gómez " +
				"Díaz Morales Castillo Silva Souza Oliveira Santos Costa Ferreira Almeida Vargas Rojas Mendoza Guzmán " +
				"Fuentes"),
		},
		{ // Western European
			given: strings.Fields("Jean Marie Pierre Michel François Hans Klaus Jürgen Angelika Stefan Giulia Marco Matteo Lars Ingrid " +
				"Sven Anders Pieter Willem Katrien Siobhan Declan Liam Emma Charlotte Andrew Karen Ronald Susan Derek"),
			family: strings.Fields("Dupont Moreau Lefèvre Laurent Girard Müller Schneider Fischer Weber Hoffmann Becker Rossi " +
				"Bianchi Ferrari Romano Johansson Lindqvist Nilsson Hansen Andersen Visser Dijkstra Janssens O'Brien " +
				"Murphy McCarthy Thompson Whitfield Harrison Carver"),
		},
		{ // Chinese
			given: strings.Fields("Wei Fang Jun Li Xiaoming Jianguo Guoqiang Meiling Yang Lei Tao Jinping Keqiang Qishan Yi Hua Zhiyong " +
				"Xiaohong Jianmin Shan Gang Rong Weidong Yiming Haitao"),
			family: strings.Fields("Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng Liang Xie " +
				"Tang Han Cao Deng Feng Peng Zeng"), familyFirst: true,
		},
		{ // Korean
			given: strings.Fields("Min-jun Ji-woo Seo-yeon Dong-hyun Jae-in Kyung-wha Sung-ho Young-chul Eun-hye Ki-moon Hyun-woo Soo- " +
				"jin Chang-ho Myung-bak Geun-hye Tae-yong Jong-un Yong-ho Su-bin"),
			family: strings.Fields("Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song Ryu Hong Moon Ban " +
				"Noh"), familyFirst: true,
		},
		{ // Vietnamese
			given:  strings.Fields("Van Hai Thi Lan Minh Duc Xuan Phuc Quang Huy Thanh Tung Phu Trong Ngoc Anh Van Thuong Dinh Hue"),
			family: strings.Fields("Nguyen Tran Le Pham Hoang Phan Vu Dang Bui Do Ho Ngo Duong Truong"), familyFirst: true,
		},
	}
}
